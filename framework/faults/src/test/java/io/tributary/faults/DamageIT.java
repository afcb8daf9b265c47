package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bench.Webhooks;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes the database behind a stopped member's back, and starts it.
final class DamageIT {

    private static final int MESSAGES = 300;

    @TempDir Path folder;

    /// Harms a database file.
    @FunctionalInterface
    private interface Harm {
        void to(RandomAccessFile file) throws IOException;
    }

    @Test
    @DisplayName("a damaged database is refused with exit code 69 and a sentence, never served")
    void refused() throws Exception {
        Launch launch = Places.launch(folder);
        List<Row> kept;
        try (Member member = Member.first(launch)) {
            deliver(member);
            kept = member.log();
        }
        assertThat(kept).hasSize(MESSAGES);

        refused(
                launch,
                "a stretch in the middle",
                file -> {
                    file.seek(file.length() / 2);
                    file.write(new byte[32 * 1024]);
                });
        refused(
                launch,
                "a single letter of what somebody said",
                file -> {
                    file.seek(positionOf("Is my order 150 ", file) + 3);
                    file.write('M');
                });
        refused(
                launch,
                "no database any more",
                file -> file.write("not a database".getBytes(StandardCharsets.US_ASCII)));
        refused(launch, "cut off", file -> file.setLength(file.length() - 40 * 1024));

        try (Member member = Member.start(launch)) {
            assertThat(member.log()).as("it was the damage that was refused").isEqualTo(kept);
        }
    }

    private static void deliver(Member member) throws IOException {
        var webhooks = new Webhooks(Member.PUBLIC_WEBHOOK, 20);
        try (Line line = new Line(member.webhook())) {
            for (int number = 1; number <= MESSAGES; number++) {
                line.ask(webhooks.request(number));
                assertThat(line.answer()).isEqualTo(200);
            }
        }
    }

    /// Harms, starts, and puts everything back.
    private void refused(Launch launch, String what, Harm harm) throws Exception {
        Path good = folder.resolve("good");
        copy(launch.data(), good);
        try (var file = new RandomAccessFile(launch.data().resolve("journal.db").toFile(), "rw")) {
            harm.to(file);
        }

        Launch.Ended ended = launch.refused();

        assertThat(ended.exit()).as(what).isEqualTo(69);
        assertThat(ended.said()).as(what).doesNotContain("ready");
        assertThat(ended.errors())
                .as(what)
                .contains("journal.db", "damaged", "restore a backup")
                .doesNotContain("\tat ");
        copy(good, launch.data());
    }

    private static long positionOf(String text, RandomAccessFile file) throws IOException {
        byte[] bytes = new byte[(int) file.length()];
        file.seek(0);
        file.readFully(bytes);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(at).isPositive();
        return at;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var old = Files.list(to)) {
            for (Path file : old.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (var files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
