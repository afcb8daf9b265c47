package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a member's own row")
final class OwnRowTest {

    private static final UUID SELF = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Roster.Entry OURS = new Roster.Entry("ada", SELF, 5);
    private static final Roster.Entry BOBS = new Roster.Entry("bob", OTHER, 6);

    private final OwnRow own =
            new OwnRow(
                    "ada",
                    GridTimes.STANDARD.patient(Duration.ofSeconds(10), Duration.ofSeconds(4)));

    @Test
    @DisplayName("is written again when it is gone, and that is said until it is there")
    void lost() {
        own.entered(SELF);
        assertThat(own.read(List.of(OURS, BOBS), SELF, at(0))).isEqualTo(OwnRow.Found.LIVE);
        assertThat(own.trouble()).isEmpty();

        assertThat(own.read(List.of(BOBS), SELF, at(1))).isEqualTo(OwnRow.Found.MISSING);
        assertThat(own.trouble().orElseThrow()).contains("row in the members' table is gone");
        assertThat(own.overdue(SELF, at(10))).isEmpty();

        assertThat(own.read(List.of(OURS, BOBS), SELF, at(11))).isEqualTo(OwnRow.Found.LIVE);
        assertThat(own.trouble()).isEmpty();
        assertThat(own.overdue(SELF, at(100))).isEmpty();
    }

    @Test
    @DisplayName("that cannot be written again makes us leave, but not while nobody has one")
    void removed() {
        own.entered(SELF);
        own.read(List.of(BOBS), SELF, at(0));
        assertThat(own.overdue(SELF, at(9))).isEmpty();
        assertThat(own.overdue(SELF, at(10)).orElseThrow()).contains("was removed");

        own.read(List.of(), SELF, at(11));
        assertThat(own.overdue(SELF, at(100))).isEmpty();
        own.read(List.of(BOBS), SELF, at(101));
        own.unread();
        assertThat(own.overdue(SELF, at(200))).isEmpty();
    }

    @Test
    @DisplayName("has to be there in half of the grace, also under a new id of the grid's")
    void deadline() {
        assertThat(own.overdue(SELF, at(0))).isEmpty();
        assertThat(own.overdue(SELF, at(4))).isEmpty();
        assertThat(own.overdue(SELF, at(5)).orElseThrow()).contains("could not enter itself");

        own.entered(SELF);
        assertThat(own.overdue(SELF, at(50))).isEmpty();
        assertThat(own.overdue(OTHER, at(60))).isEmpty();
        assertThat(own.read(List.of(OURS), OTHER, at(61))).isEqualTo(OwnRow.Found.MISSING);
        assertThat(own.overdue(OTHER, at(65)).orElseThrow()).contains("could not enter itself");
        own.entered(OTHER);
        assertThat(own.overdue(OTHER, at(70))).isEmpty();
    }

    @Test
    @DisplayName("counts when it is the newest of the name: the one that has an older one leaves")
    void namesake() {
        var newer = new Roster.Entry("ada", OTHER, 7);
        var older = new Roster.Entry("ada", OTHER, 3);
        own.entered(SELF);

        assertThat(own.read(List.of(older, OURS), SELF, at(0))).isEqualTo(OwnRow.Found.LIVE);
        assertThat(own.read(List.of(OURS, newer), SELF, at(1))).isEqualTo(OwnRow.Found.TAKEN);
        assertThat(own.overdue(SELF, at(4))).isEmpty();
        assertThat(own.overdue(SELF, at(5)).orElseThrow())
                .contains("another member called 'ada'")
                .contains("give one of the two another cluster.member");
    }

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
