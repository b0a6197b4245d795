package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.disks.TarImages;
import dev.mayfly.disks.TestDisk;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;

/** A control plane and a worker that know each other by certificates alone, which the JDK's keytool makes. */
@SuppressWarnings("NullAway.Init")
class MutualTlsIT {

    private static final String PASSWORD = "secret";

    private static Path stores;
    private static Mayfly worker;
    private static Mayfly controlPlane;
    private static String workerUrl;

    @BeforeAll
    static void start(@TempDir Path keys, @TempDir Path one, @TempDir Path other)
            throws IOException, InterruptedException {
        stores = keys;
        makeCertificate("member");
        makeCertificate("stranger");
        keytool("-exportcert", "-keystore", store("member"), "-alias", "member", "-file", file("member.crt"));
        keytool("-importcert", "-noprompt", "-keystore", store("trusted"), "-alias", "m", "-file", file("member.crt"));
        worker = Mayfly.startOn(one, Map.of(), properties("worker"));
        workerUrl = "https://127.0.0.1:" + worker.bean(Environment.class).getRequiredProperty("local.server.port");
        Map<String, String> ofControlPlane = properties("control-plane");
        ofControlPlane.put("mayfly.cluster.workers", workerUrl);
        controlPlane = Mayfly.startOn(other, Map.of(), ofControlPlane);
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
        worker.close();
    }

    private static Map<String, String> properties(String role) {
        String bundle = "spring.ssl.bundle.jks.cluster.";
        return new HashMap<>(Map.of(
                "mayfly.role",
                role,
                "mayfly.engine",
                "wasmtime",
                "mayfly.samples.enabled",
                "false",
                "mayfly.cluster.ssl-bundle",
                "cluster",
                bundle + "keystore.location",
                "file:" + store("member"),
                bundle + "keystore.password",
                PASSWORD,
                bundle + "truststore.location",
                "file:" + store("trusted"),
                bundle + "truststore.password",
                PASSWORD));
    }

    private static String file(String name) {
        return stores.resolve(name).toString();
    }

    private static String store(String name) {
        return file(name + ".p12");
    }

    private static void makeCertificate(String name) throws IOException, InterruptedException {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-keystore",
                store(name));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 4];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[arguments.length + 1] = "-storepass";
        command[arguments.length + 2] = PASSWORD;
        command[arguments.length + 3] = "-v";
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aFunctionRunsOnADiskThatCameByTls() throws IOException {
        Http http = new Http(controlPlane);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> controlPlane.bean(Membership.class).count(WorkerState.UP) == 1);
        http.post("/v1/disks/greeting/versions", "application/octet-stream", TarImages.of("file", "hello"));
        assertThat(http.put("/v1/functions/show", "{\"rootDisk\": \"greeting@1\"}")
                        .status())
                .isEqualTo(201);
        http.upload("/v1/functions/show/versions", Wat.toBinary(TestDisk.SHOW));

        Http.Answer answer = http.post("/v1/functions/show/invocations", "text/plain", new byte[0]);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("hello");
    }

    @Test
    void whoHasNoCertificateSeesHealthAndNoMore() throws Exception {
        assertThat(get("/actuator/health/liveness", null)).isEqualTo(200);
        assertThat(get(ClusterPaths.STATUS, null)).isEqualTo(403);
    }

    @Test
    void aCertificateThatIsNotTrustedIsNone() throws Exception {
        assertThat(get(ClusterPaths.STATUS, "member")).isEqualTo(200);
        assertThat(get(ClusterPaths.STATUS, "stranger")).isEqualTo(403);
    }

    private static int get(String path, @Nullable String certificate)
            throws IOException, InterruptedException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keyStore("trusted"));
        context.init(certificate == null ? null : keysOf(certificate), trusted.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(workerUrl + path)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static KeyManager[] keysOf(String certificate) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(certificate), PASSWORD.toCharArray());
        return keys.getKeyManagers();
    }

    private static KeyStore keyStore(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(store(name)))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
