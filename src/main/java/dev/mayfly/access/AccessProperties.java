package dev.mayfly.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call the API.
 *
 * @param keys the API keys that are accepted; with none, only this machine is served
 */
@Validated
@ConfigurationProperties("mayfly.access")
record AccessProperties(@DefaultValue List<@Valid Key> keys) {

    AccessProperties {
        keys = List.copyOf(keys);
    }

    /**
     * An API key, as its hash.
     *
     * @param name of its holder, for people
     * @param hash {@code sha256:} and the SHA-256 of the key in hexadecimal
     * @param maxConcurrency how many invocations that the holder asked for run at once at most. Default: {@code
     *     mayfly.scheduling.max-concurrency-per-key}
     */
    record Key(
            @NotBlank String name,

            @NotNull
            @Pattern(
                    regexp = "sha256:[0-9a-fA-F]{64}",
                    message = "must be 'sha256:' and the 64 hexadecimal digits of the key's SHA-256")
            String hash,

            @Nullable @Min(1) Integer maxConcurrency) {}
}
