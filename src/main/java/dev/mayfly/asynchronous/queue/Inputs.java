package dev.mayfly.asynchronous.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Inputs that are too long for the row of their invocation, which for H2 is from 1 MiB on: kept in parts. */
@Repository
class Inputs {

    /** The longest input that is kept in the invocation's row, and the length of a part, in bytes. */
    static final int PART = 512 * 1024;

    private final JdbcTemplate jdbc;

    Inputs(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    static byte[] bytes(ByteBuffer input) {
        ByteBuffer copied = input.duplicate();
        byte[] bytes = new byte[copied.remaining()];
        copied.get(bytes);
        return bytes;
    }

    void insert(UUID id, ByteBuffer input) {
        List<Object[]> parts = new ArrayList<>();
        for (int from = input.position(); from < input.limit(); from += PART) {
            ByteBuffer part = input.slice(from, Math.min(PART, input.limit() - from));
            parts.add(new Object[] {id, parts.size(), bytes(part)});
        }
        // One by one: a batch would be another copy of all of it in the driver.
        parts.forEach(
                part -> jdbc.update("insert into async_input (invocation_id, part, bytes) values (?, ?, ?)", part));
    }

    ByteBuffer read(UUID id, int length) {
        ByteBuffer input = ByteBuffer.allocate(length);
        jdbc.query(
                "select bytes from async_input where invocation_id = ? order by part",
                row -> {
                    input.put(row.getBytes(1));
                },
                id);
        return input.flip();
    }

    void delete(List<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.batchUpdate(
                "delete from async_input where invocation_id = ?",
                ids.stream().map(id -> new Object[] {id}).toList());
    }
}
