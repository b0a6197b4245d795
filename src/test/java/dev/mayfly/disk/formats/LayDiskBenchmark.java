package dev.mayfly.disk.formats;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Making a disk of an archive of 256 MiB, beside what it cannot do without: reading and hashing it, and writing as much.
 * Run from the project's folder:
 *
 * <pre>
 * ./mvnw test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath dev.mayfly.disk.formats.LayDiskBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 8, time = 2)
@Fork(1)
public class LayDiskBenchmark {

    private static final int FILES = 16;
    private static final int FILE_BYTES = 16 << 20;

    private Path work = Path.of("");
    private Path archive = work;
    private Path made = work;

    @Setup
    public void writeArchive() throws IOException {
        work = Files.createTempDirectory("lay");
        archive = work.resolve("archive");
        made = work.resolve("made");
        byte[] contents = new byte[FILE_BYTES];
        new Random(1).nextBytes(contents);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            for (int i = 0; i < FILES; i++) {
                TarArchiveEntry entry = new TarArchiveEntry("file" + i);
                entry.setSize(FILE_BYTES);
                tar.putArchiveEntry(entry);
                tar.write(contents);
                tar.closeArchiveEntry();
            }
        }
    }

    @TearDown
    public void delete() throws IOException {
        Files.deleteIfExists(archive);
        Files.deleteIfExists(made);
        Files.deleteIfExists(work);
    }

    @Benchmark
    public ImportedDisk lay() throws IOException, DiskImageException {
        Files.deleteIfExists(made);
        try (FileChannel target = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return new DiskImporter(new DiskLimits(1L << 30, 100)).lay(archive, target);
        }
    }

    @Benchmark
    public byte[] readAndHash() throws IOException, NoSuchAlgorithmException {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(archive)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        }
        return hash.digest();
    }

    @Benchmark
    public Path copy() throws IOException {
        return Files.copy(archive, made, StandardCopyOption.REPLACE_EXISTING);
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(LayDiskBenchmark.class.getName())
                        .build())
                .run();
    }
}
