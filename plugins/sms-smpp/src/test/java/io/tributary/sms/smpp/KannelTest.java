package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.smpp.simulator.Smsc;
import io.tributary.smpp.simulator.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether our SMSC of tests is one to an ESME that others wrote: what the channel is tried against
/// is no proof where it understands SMPP as wrongly as the channel does. Skipped where Kannel is
/// not installed.
@DisplayName("our SMSC, to Kannel")
class KannelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// What becomes of a message, by Kannel's numbers.
    private static final String DELIVERED = "type=1";

    private static final String TAKEN = "type=8";
    private static final String REFUSED = "type=16";
    private static final int INVALID_DESTINATION = 0x0B;

    @TempDir Path folder = Path.of("");

    private Smsc smsc;
    private Kannel kannel;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(Kannel.isThere(), "Kannel's boxes are not on the PATH");
        smsc = Smsc.start(0);
    }

    @AfterEach
    void close() throws IOException {
        if (kannel != null) {
            kannel.close();
        }
        if (smsc != null) {
            smsc.close();
        }
    }

    private void send(String key, int coding, String text) throws Exception {
        kannel.send(key, Sample.LINE, Sample.CUSTOMER, coding, text);
    }

    private void awaitTold(String... lines) {
        await().atMost(PATIENCE).until(() -> kannel.told().containsAll(List.of(lines)));
    }

    @Test
    @DisplayName("takes texts in both alphabets and in several messages, and sends receipts")
    void takes() throws Exception {
        kannel = Kannel.start(folder, smsc);
        send("plain", 0, "It is open until six");
        send("wide", 2, "Привет");
        awaitTold(
                "report plain " + TAKEN,
                "report plain " + DELIVERED,
                "report wide " + TAKEN,
                "report wide " + DELIVERED);
        assertThat(smsc.taken())
                .extracting(Taken::text)
                .containsExactlyInAnyOrder("It is open until six", "Привет");
        assertThat(smsc.taken()).extracting(Taken::from).containsOnly(Sample.LINE);
        assertThat(smsc.taken()).extracting(Taken::to).containsOnly(Sample.CUSTOMER);
        assertThat(smsc.taken()).allMatch(Taken::wantsReceipt);

        var words = "0123456789".repeat(20);
        send("long", 0, words);
        await().atMost(PATIENCE).until(() -> smsc.taken().size() == 4);
        var pieces = smsc.taken().subList(2, 4);
        assertThat(pieces).extracting(Taken::esmClass).allMatch(each -> (each & 0x40) != 0);
        assertThat(pieces.get(0).text() + pieces.get(1).text()).isEqualTo(words);
    }

    @Test
    @DisplayName("writes ids in hexadecimal in answers and in decimal in receipts, as many do")
    void ids() throws Exception {
        smsc.behaviour().hexadecimalIds(true);
        kannel = Kannel.start(folder, smsc, "msg-id-type = 0x01");
        send("hex", 0, "hello");

        awaitTold("report hex " + TAKEN, "report hex " + DELIVERED);
        assertThat(smsc.taken().getFirst().id()).containsPattern("[A-F]");
    }

    @Test
    @DisplayName("refuses a message for good, and is bound all the same")
    void refuses() throws Exception {
        kannel = Kannel.start(folder, smsc);
        smsc.behaviour().refuseNext(INVALID_DESTINATION);
        send("wrong", 0, "to nobody");
        awaitTold("report wrong " + REFUSED);
        send("right", 0, "to somebody");

        awaitTold("report right " + DELIVERED);
        assertThat(smsc.taken()).extracting(Taken::text).containsExactly("to somebody");
        assertThat(smsc.mostBound()).isEqualTo(1);
    }

    @Test
    @DisplayName("delivers what customers say, and what waited while nobody was bound")
    void delivers() throws Exception {
        smsc.say(Sample.CUSTOMER, Sample.LINE, "Is it open?");
        kannel = Kannel.start(folder, smsc);
        awaitTold(said("Is it open?"));
        smsc.cut();
        smsc.say(Sample.CUSTOMER, Sample.LINE, "Привет");

        awaitTold(said("Привет"));
        await().atMost(PATIENCE).until(() -> smsc.acknowledged().size() == 2);
        assertThat(smsc.acknowledged()).containsExactly("Is it open?", "Привет");
    }

    private static String said(String text) {
        return "said from=" + Sample.CUSTOMER + "&to=" + Sample.LINE + "&text=" + text;
    }
}
