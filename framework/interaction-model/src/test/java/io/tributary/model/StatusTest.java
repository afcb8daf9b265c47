package io.tributary.model;

import static io.tributary.model.Content.Receipt.Status.ACCEPTED;
import static io.tributary.model.Content.Receipt.Status.DELIVERED;
import static io.tributary.model.Content.Receipt.Status.FAILED;
import static io.tributary.model.Content.Receipt.Status.READ;
import static io.tributary.model.Content.Receipt.Status.SENT;
import static io.tributary.model.Content.Receipt.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content.Receipt.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class StatusTest {

    @Property
    void receiptsInAnyOrderLeadToTheSameStatus(
            @ForAll @NotEmpty List<Status> reported, @ForAll Random random) {
        var shuffled = new ArrayList<>(reported);
        Collections.shuffle(shuffled, random);

        assertThat(last(shuffled)).isEqualTo(last(reported));
    }

    @Property
    void aRepeatedReceiptMovesNothing(@ForAll Status status) {
        assertThat(status.advances(status)).isFalse();
        assertThat(status.advances(null)).isTrue();
    }

    @Test
    void whatHasArrivedHasNotFailed() {
        assertThat(DELIVERED.advances(FAILED)).isTrue();
        assertThat(READ.advances(FAILED)).isTrue();
        assertThat(FAILED.advances(DELIVERED)).isFalse();
        assertThat(FAILED.advances(READ)).isFalse();
    }

    @Test
    void aFailureEndsWhatWasOnItsWay() {
        assertThat(FAILED.advances(UNKNOWN)).isTrue();
        assertThat(FAILED.advances(ACCEPTED)).isTrue();
        assertThat(FAILED.advances(SENT)).isTrue();
        assertThat(SENT.advances(FAILED)).isFalse();
    }

    private static Status last(List<Status> reported) {
        Status status = reported.getFirst();
        for (Status next : reported) {
            status = next.advances(status) ? next : status;
        }
        return status;
    }
}
