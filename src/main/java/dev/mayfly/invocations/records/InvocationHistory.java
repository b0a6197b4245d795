package dev.mayfly.invocations.records;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/** Finds records of invocations, whether they are written yet or not. */
@NamedInterface("records")
public final class InvocationHistory {

    private final RecordBuffer buffer;
    private final InvocationRepository repository;

    InvocationHistory(RecordBuffer buffer, InvocationRepository repository) {
        this.buffer = buffer;
        this.repository = repository;
    }

    /** The record of an invocation that has ended. */
    public Optional<InvocationRecord> find(UUID id) {
        return buffer.find(id).or(() -> repository.find(id));
    }

    /**
     * The newest records of a function.
     *
     * @param before only records older than this one
     * @param most how many at most
     * @return newest first
     */
    public List<InvocationRecord> newest(String function, @Nullable UUID before, int most) {
        // First the buffer: a record that moves to the database meanwhile is found twice rather than not at all.
        List<InvocationRecord> unwritten = buffer.of(function);
        List<InvocationRecord> written = repository.newest(function, before, most);
        return Stream.concat(
                        unwritten.stream().filter(i -> before == null || i.id().compareTo(before) < 0),
                        written.stream())
                .sorted(Comparator.comparing(InvocationRecord::id).reversed())
                .distinct()
                .limit(most)
                .toList();
    }
}
