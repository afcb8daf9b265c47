package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import io.tributary.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What anybody may post where data points are posted, and who has the key.
class PostFuzzTest {

    private final DataPointDoor door =
            new DataPointDoor(new Signature(Sample.SECRET), Sample.reader());

    @FuzzTest(maxDuration = "10s")
    void nothingPassesUnsignedAndAllThatIsSignedIsKept(byte[] said) {
        var body = Bytes.wrap(said);
        var signed = Sample.signed(body);
        switch (door.verify(signed)) {
            case WebhookVerdict.Accepted accepted -> {
                var events = accepted.delivery().events();
                assertThat(events).allMatch(each -> each.kind().equals(EventReader.POINT));
            }
            case WebhookVerdict.Refused refused -> assertThat(refused.status()).isEqualTo(413);
        }
        var text = new String(said, StandardCharsets.UTF_8);
        var genuine = Sample.posted(Sample.HEART_RATE);
        for (var name : List.of(Signature.ID, Signature.TIMESTAMP, Signature.SIGNATURE)) {
            var written = genuine.header(name, text);
            if (door.verify(written) instanceof WebhookVerdict.Accepted) {
                // several signatures may stand there
                assertThat(text).contains(genuine.need(name));
            }
        }
    }
}
