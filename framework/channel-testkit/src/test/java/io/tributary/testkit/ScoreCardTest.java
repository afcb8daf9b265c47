package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.testkit.pager.PagerChannel;
import io.tributary.testkit.pager.PagerContract;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

@DisplayName("the score card")
class ScoreCardTest {

    private static final Check HONEST = check(Grade.BRONZE, () -> {});
    private static final Check STEADY = check(Grade.SILVER, () -> {});
    private static final Check LASTING = check(Grade.GOLD, () -> {});
    private static final Check BROKEN =
            check(
                    Grade.SILVER,
                    () -> {
                        throw new AssertionError("it said sesame-open");
                    });
    private static final Check UNSEEN =
            check(
                    Grade.GOLD,
                    () -> {
                        throw new TestAbortedException("Nothing was recorded.");
                    });

    @TempDir Path classes;

    @BeforeEach
    void compileSomething() throws IOException {
        Files.createDirectories(classes.resolve("com/acme"));
        Files.writeString(classes.resolve("com/acme/Pager.class"), "compiled");
    }

    @Test
    @DisplayName("is gold when every check passed or is no question")
    void gold() throws Exception {
        hear(HONEST, STEADY, LASTING.onlyIf(false, "The account does not send."));

        assertThat(card()).containsEntry("grade", "gold").containsEntry("channel", "pager");
        assertThat(number("passed")).isEqualTo(2);
        assertThat(number("notApplicable")).isEqualTo(1);
        assertThat(lines().getLast())
                .containsEntry("result", "not applicable")
                .containsEntry("text", "The account does not send.");
    }

    @Test
    @DisplayName(
            "stops below the grade of a broken promise, and says what to change, quoting nobody")
    void failed() throws Exception {
        var judge = judge(HONEST, BROKEN, LASTING);
        judge.hear(HONEST);
        assertThatThrownBy(() -> judge.hear(BROKEN))
                .hasMessageStartingWith("What to change: Do better.")
                .hasMessageContaining("sesame-open");
        judge.hear(LASTING);

        assertThat(card()).containsEntry("grade", "bronze");
        assertThat(lines().get(1))
                .containsEntry("result", "failed")
                .containsEntry("text", "Do better.");
        assertThat(Files.readString(file())).doesNotContain("sesame-open");
    }

    @Test
    @DisplayName("does not take what could not be seen for kept")
    void missing() throws Exception {
        var judge = judge(HONEST, STEADY, UNSEEN);
        judge.hear(HONEST);
        judge.hear(STEADY);
        assertThatThrownBy(() -> judge.hear(UNSEEN)).isInstanceOf(TestAbortedException.class);

        assertThat(card()).containsEntry("grade", "silver");
        assertThat(lines().getLast())
                .containsEntry("result", "missing")
                .containsEntry("text", "Nothing was recorded.");
    }

    @Test
    @DisplayName("of a run that ended early does not leave the better one before it")
    void unfinished() throws Exception {
        hear(HONEST, STEADY);
        assertThat(card()).containsEntry("grade", "silver");

        judge(HONEST, STEADY);

        assertThat(card()).containsEntry("grade", "none");
        assertThat(number("notRun")).isEqualTo(2);
    }

    @Test
    @DisplayName("is taken away before a run that may not even begin")
    void forgotten() throws Exception {
        hear(HONEST);
        new ScoreCardFile(classes).forget();
        assertThat(file()).doesNotExist();

        hear(HONEST);
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            ScoreCardFile.forgetAll(loader);
        }

        assertThat(file()).doesNotExist();
    }

    @Test
    @DisplayName(
            "names the classes that it was made from by their digest, and is the same each time")
    void digest() throws Exception {
        hear(HONEST);
        var first = Files.readString(file());
        hear(HONEST);
        assertThat(Files.readString(file())).isEqualTo(first);
        assertThat(PlainJson.object(card().get("classes")))
                .containsEntry("packages", List.of("com/acme"))
                // (printf '%s  com/acme/Pager.class\n' "$(printf compiled | sha256sum | cut
                // -c-64)") | sha256sum
                .containsEntry(
                        "sha256",
                        "58f147aba26a66db9542ede1eddbd6a0650e565ba2c2ea12da26e8292d343b70");

        Files.writeString(classes.resolve("com/acme/Pager.class"), "compiled anew");
        hear(HONEST);
        assertThat(Files.readString(file())).isNotEqualTo(first);
    }

    @Test
    @DisplayName("lies beside the channel's classes")
    void beside() {
        var place = Objects.requireNonNull(ScoreCardFile.beside(PagerChannel.class).folder());

        assertThat(place.resolve("io/tributary/testkit/pager/PagerChannel.class")).exists();
        assertThat(ScoreCardFile.beside(Test.class).folder()).as("of a class in a jar").isNull();
    }

    @Test
    @DisplayName("has every check of a contract on it, with a sentence for what is to be changed")
    void everyCheck() {
        ChannelContract pager = new PagerContract();
        var groups = pager.groups();
        new Judge(groups, "pager", new ScoreCardFile(classes));

        assertThat(groups)
                .flatExtracting(ContractGroup::checks)
                .allSatisfy(check -> {
                    assertThat(check.advice()).matches("\\p{Upper}.*\\.");
                    assertThat(check.promise()).isNotBlank();
                });
        assertThat(groups)
                .flatExtracting(ContractGroup::checks)
                .extracting(Check::grade)
                .contains(Grade.values());
    }

    private static Check check(Grade grade, Check.Body body) {
        return new Check(grade, "keeps its word", "Do better.", null, body);
    }

    private Judge judge(Check... checks) {
        var group = new ContractGroup("everything", List.of(checks));
        return new Judge(List.of(group), "pager", new ScoreCardFile(classes));
    }

    private void hear(Check... checks) throws Exception {
        var judge = judge(checks);
        for (var check : checks) {
            if (check.asked()) {
                judge.hear(check);
            }
        }
    }

    private Path file() {
        return classes.resolve(ScoreCardFile.NAME);
    }

    private Map<String, @Nullable Object> card() throws IOException {
        return PlainJson.object(PlainJson.read(Files.readString(file())));
    }

    private int number(String key) throws IOException {
        return ((Number) Objects.requireNonNull(card().get(key))).intValue();
    }

    private List<Map<String, @Nullable Object>> lines() throws IOException {
        return ((List<?>) Objects.requireNonNull(card().get("checks")))
                .stream().map(PlainJson::object).toList();
    }
}
