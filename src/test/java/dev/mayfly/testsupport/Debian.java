package dev.mayfly.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Debian's packages, where this is a Debian. */
final class Debian {

    private static final Map<String, String> UNATTENDED = Map.of("DEBIAN_FRONTEND", "noninteractive");
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Path KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
    private static final Path OUR_SOURCES = Path.of("/etc/apt/sources.list.d/mayfly-tests.list");

    private Debian() {}

    /** Installs packages where that disturbs nobody: in CI, as root. Does nothing elsewhere, or where it fails. */
    static void install(String... packages) throws IOException {
        if (!isDisposable()) {
            return;
        }
        try {
            apt(HERE, "update");
            apt(HERE, concat(List.of("install", "-y", "--no-install-recommends"), List.of(packages)));
        } catch (Commands.CommandFailedException e) {
            System.getLogger(Debian.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    /** Makes backports available to {@link #install}, under the same condition. */
    static void enableBackports() throws IOException {
        if (isDisposable() && archives().noneMatch(archive -> archive.release().endsWith("-backports"))) {
            Archive main = archives().findFirst().orElseThrow();
            Files.writeString(OUR_SOURCES, "deb " + new Archive(main.site(), main.release() + "-backports").source());
        }
    }

    /**
     * Downloads the source of a package with lists of our own, leaving the machine's alone. Skips the test on another
     * system than Debian.
     *
     * @param directory that gets the archives
     */
    static void downloadSource(String name, Path directory) throws IOException {
        boolean debian = Commands.find("apt-get").isPresent() && Files.isReadable(KEYS);
        Assumptions.assumeTrue(debian, "the source of " + name + " is taken from Debian, and this is none");
        Files.createDirectories(directory.resolve("lists/partial"));
        Files.write(
                directory.resolve("sources.list"),
                archives().map(archive -> "deb-src " + archive.source()).toList());
        List<String> ownLists = List.of(
                "-o",
                "Dir::Etc::SourceList=" + directory.resolve("sources.list"),
                "-o",
                "Dir::Etc::SourceParts=-",
                "-o",
                "Dir::State::Lists=" + directory.resolve("lists"),
                "-o",
                "APT::Sandbox::User=");
        apt(directory, concat(ownLists, List.of("update")));
        apt(directory, concat(ownLists, List.of("source", "--download-only", name)));
    }

    private static boolean isDisposable() {
        return "true".equals(System.getenv("CI"))
                && "root".equals(System.getProperty("user.name"))
                && Commands.find("apt-get").isPresent();
    }

    /** The archives of Debian itself that this machine uses, the release's own first. */
    private static Stream<Archive> archives() throws IOException {
        return apt(HERE, "indextargets", "--format", "$(ORIGIN)|$(SITE)|$(RELEASE)", "Created-By: Packages")
                .lines()
                .map(line -> line.split("\\|", -1))
                .filter(fields -> fields[0].startsWith("Debian"))
                .map(fields -> new Archive(fields[1], fields[2]))
                .distinct()
                .sorted((a, b) ->
                        Integer.compare(a.release().length(), b.release().length()));
    }

    private static String apt(Path directory, String... arguments) throws IOException {
        return apt(directory, List.of(arguments));
    }

    private static String apt(Path directory, List<String> arguments) throws IOException {
        return Commands.run(directory, UNATTENDED, concat(List.of("apt-get"), arguments));
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private record Archive(String site, String release) {
        String source() {
            return "[signed-by=" + KEYS + "] " + site + " " + release + " main\n";
        }
    }
}
