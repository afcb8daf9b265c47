package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/// What whoever is at the other end of a connection may write.
class PduFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void everyStreamIsCutOrRefused(byte[] octets) {
        var reader = new PduReader(new ByteArrayInputStream(octets));
        int read = 0;
        try {
            while (true) {
                var pdu = reader.next();
                var again = pdu.encode();
                assertThat(again).isEqualTo(Arrays.copyOfRange(octets, read, read + again.length));
                read += again.length;
            }
        } catch (IOException over) {
            assertThat(read).isLessThanOrEqualTo(octets.length);
        }
    }
}
