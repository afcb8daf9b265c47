package io.tributary.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.opentest4j.TestAbortedException;

/// Runs checks, and writes a card after each: whenever a run ends early, the card says how far it
/// came.
final class Judge {

    private final List<ContractGroup> groups;
    private final ScoreCardFile file;
    private final String channel;
    private final Map<Check, Verdict> verdicts = new HashMap<>();

    Judge(List<ContractGroup> groups, String channel, ScoreCardFile file) {
        this.groups = groups;
        this.channel = channel;
        this.file = file;
        for (var group : groups) {
            for (var check : group.checks()) {
                var needless = check.needless();
                verdicts.put(
                        check, needless == null ? Verdict.NOT_RUN : Verdict.needless(needless));
            }
        }
        write();
    }

    /// Runs one check.
    ///
    /// @throws AssertionError the promise is broken; says what to change
    void hear(Check check) throws Exception {
        try {
            check.body().run();
            verdicts.put(check, Verdict.PASSED);
        } catch (TestAbortedException nothingToSee) {
            verdicts.put(
                    check,
                    Verdict.missing(Objects.requireNonNullElse(nothingToSee.getMessage(), "")));
            throw nothingToSee;
        } catch (AssertionError | Exception broken) {
            verdicts.put(check, Verdict.failed(check));
            throw new AssertionError(
                    "What to change: " + check.advice() + "\n" + broken.getMessage(), broken);
        } finally {
            write();
        }
    }

    ScoreCard card() {
        return ScoreCard.of(channel, groups, verdicts);
    }

    private void write() {
        file.write(card());
    }
}
