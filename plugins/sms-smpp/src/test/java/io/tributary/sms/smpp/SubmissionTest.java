package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SubmissionTest {

    private static List<Bytes> bodies(String text, Profile profile) {
        return new Submission(profile).bodies(Sample.message(Content.text(text)), text, Sample.NOW);
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    @Test
    @DisplayName("a submit_sm has every field where the specification has it")
    void fields() {
        assertThat(hex(bodies("hello @ €", Sample.profile()).getFirst()))
                .isEqualTo(
                        "00"
                                + "0101"
                                + "313530303535353030303600"
                                + "0101"
                                + "313535353132333030303000"
                                + "00"
                                + "0000"
                                + "00"
                                + "00"
                                + "01"
                                + "00"
                                + "00"
                                + "00"
                                + "0a"
                                + "68656c6c6f2000201b65");
    }

    @Test
    @DisplayName("messages of a long text bear one reference, the same in each attempt")
    void headers() {
        var bodies = bodies("a".repeat(200), Sample.profile());
        var again = bodies("a".repeat(200), Sample.profile());

        assertThat(bodies).hasSize(2).isEqualTo(again);
        var first = headerOf(bodies.getFirst(), 153);
        var second = headerOf(bodies.getLast(), 47);
        assertThat(first).startsWith("050003").endsWith("0201");
        assertThat(second).startsWith("050003").endsWith("0202");
        assertThat(first.substring(0, 8)).isEqualTo(second.substring(0, 8));
    }

    private static String headerOf(Bytes body, int septets) {
        return hex(body.slice(body.length() - septets - 6, body.length() - septets));
    }

    @Test
    @DisplayName(
            "references of two octets, parameters and the whole in one, as the carrier wants it")
    void otherWays() {
        var wide = bodies("a".repeat(200), Sample.profile("concatenation", "udh16"));
        assertThat(hex(wide.getLast())).contains("060804").contains("0202" + "61");
        var sar = bodies("a".repeat(200), Sample.profile("concatenation", "sar"));
        assertThat(hex(sar.getFirst())).contains("020c0002").endsWith("020e000102" + "020f000101");
        var payload = bodies("a".repeat(200), Sample.profile("concatenation", "payload"));
        assertThat(payload).hasSize(1);
        assertThat(hex(payload.getFirst())).contains("00" + "042400c8" + "6161");
        var short1 = bodies("a".repeat(20), Sample.profile("concatenation", "payload"));
        assertThat(hex(short1.getFirst())).doesNotContain("0424");
    }

    @Test
    @DisplayName("what the carrier wants of fields is in them")
    void profile() {
        var profile =
                Profile.of(
                        Sample.settings()
                                .with("serviceType", "CMT")
                                .with("receipts", false)
                                .with("validity", "26h"));

        assertThat(hex(bodies("a", profile).getFirst()))
                .startsWith("434d5400")
                // the message itself is of use for ten hours
                .contains(hex(Delivered.ascii("000000100000000R")) + "00" + "00" + "00");
    }
}
