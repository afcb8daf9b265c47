package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.ChecksHealth;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.OffersActions;
import io.tributary.spi.SplitsText;
import io.tributary.spi.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The smaller abilities, each where the account has it.
final class AbilityChecks {

    private final ContractSubject subject;

    AbilityChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all(Abilities abilities) {
        var checks = new ArrayList<Check>();
        if (abilities.have(SplitsText.class)) {
            checks.add(new Check("segments joined are the text", this::splits));
        }
        if (abilities.have(FetchesMedia.class)) {
            checks.add(new Check("media are located or cleanly not", this::locates));
        }
        if (abilities.have(ChecksHealth.class)) {
            checks.add(new Check("an unreachable provider is not healthy", this::health));
        }
        if (abilities.have(OffersActions.class)) {
            checks.add(new Check("actions have names and schemas of their own", this::actions));
        }
        return checks;
    }

    private void splits() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var ability = account.ability(SplitsText.class);
            for (var text : Hostile.texts()) {
                var segments = account.call(CallKind.SPLIT, () -> ability.split(text));

                assertThat(String.join("", segments)).as("segments joined").isEqualTo(text);
                assertThat(segments)
                        .as("segments, none of which ends within a character")
                        .noneMatch(AbilityChecks::endsWithinCharacter);
            }
        }
    }

    private void locates() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var ability = account.ability(FetchesMedia.class);
            for (var fetch : List.of("nonsense", "http://", "://\0", "%".repeat(1_000))) {
                locate(account, ability, fetch);
            }
        }
    }

    private static void locate(HostedAccount account, FetchesMedia ability, String fetch) {
        try {
            var location = account.call(CallKind.LOCATE, () -> ability.locate(fetch));
            assertThat(location.uri().getScheme()).as("where media is").isIn("http", "https");
        } catch (Trouble | IOException cleanly) {
            // As it should be: nonsense cannot be located.
        } catch (Exception thrown) {
            throw new AssertionError("locate threw " + thrown, thrown);
        }
    }

    private void health() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var ability = account.ability(ChecksHealth.class);
            var said = checked(account, ability);

            assertThat(said.state())
                    .as("the health while the provider cannot be reached")
                    .isNotEqualTo(Health.State.UP);
            assertThat(said.text()).as("what is the matter").isNotBlank();
            for (var secret : subject.settings().secrets()) {
                assertThat(said.toString()).as("the health").doesNotContain(secret);
                host.assertRedacted(secret);
            }
        }
    }

    private static Health checked(HostedAccount account, ChecksHealth ability) {
        try {
            return account.call(CallKind.CHECK, ability::check);
        } catch (Exception thrown) {
            return Health.down(thrown.toString());
        }
    }

    private void actions() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var ability = account.ability(OffersActions.class);
            var actions = account.call(CallKind.ACTIONS, ability::actions);

            assertThat(actions)
                    .extracting(OffersActions.Action::name)
                    .as("names of actions")
                    .doesNotHaveDuplicates();
            for (var action : actions) {
                assertThat(PlainJson.object(PlainJson.read(action.input().text())))
                        .as("the schema of action %s", action.name())
                        .isNotNull();
            }
            assertThat(host.violations()).as("what actions may not do").isEmpty();
        }
    }

    private static boolean endsWithinCharacter(String segment) {
        return !segment.isEmpty()
                && Character.isHighSurrogate(segment.charAt(segment.length() - 1));
    }
}
