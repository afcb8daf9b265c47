package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.spi.OutboundMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the `submit_sm` (SMPP 3.4, 4.4.1) that carry a message.
final class Submission {

    private static final int WITH_HEADER = 0x40;
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(99);

    private final Profile profile;

    Submission(Profile profile) {
        this.profile = profile;
    }

    /// Their bodies, in order. The same in every attempt but for the time that is left.
    List<Bytes> bodies(OutboundMessage message, String text, Instant now) {
        var whole = Segments.of(text, profile);
        int all = whole.texts().size();
        if (profile.concatenation() == Concatenation.PAYLOAD && all > 1) {
            var payload = whole.encoded(text, profile.alphabet());
            return List.of(body(message, new Piece(payload, whole.coding(), 0, true, null), now));
        }
        var bodies = new ArrayList<Bytes>(all);
        for (int number = 1; number <= all; number++) {
            var octets = whole.encoded(whole.texts().get(number - 1), profile.alphabet());
            bodies.add(body(message, piece(message, octets, whole.coding(), number, all), now));
        }
        return List.copyOf(bodies);
    }

    /// What differs among the messages of one text.
    ///
    /// @param uncut whether it is more than one message, which the SMSC cuts
    private record Piece(
            Bytes octets, int coding, int esmClass, boolean uncut, UserData.@Nullable Place sar) {}

    private Piece piece(OutboundMessage message, Bytes octets, int coding, int number, int all) {
        var place = UserData.Place.of("", reference(message), number, all);
        if (place == null) {
            return new Piece(octets, coding, 0, false, null);
        }
        if (profile.concatenation() == Concatenation.SAR) {
            return new Piece(octets, coding, 0, false, place);
        }
        boolean wide = profile.concatenation() == Concatenation.UDH16;
        var header = UserData.header(reference(message), place, wide);
        var both = new BodyWriter().octets(header).octets(octets).bytes();
        return new Piece(both, coding, WITH_HEADER, false, null);
    }

    /// The same in every attempt, since the phone puts together what has it in common.
    private static int reference(OutboundMessage message) {
        int hash = message.key().hashCode();
        return ((hash >>> 16) ^ hash) & 0xFFFF;
    }

    private Bytes body(OutboundMessage message, Piece piece, Instant now) {
        var out =
                new BodyWriter()
                        .text(profile.serviceType())
                        .address(from(message))
                        .address(to(message))
                        .octet(piece.esmClass())
                        .octet(0) // protocol_id
                        .octet(0) // priority_flag
                        .text("") // schedule_delivery_time: at once
                        .text(validity(message, now))
                        .octet(profile.wantsReceipts() ? 1 : 0)
                        .octet(0) // replace_if_present_flag
                        .octet(piece.coding())
                        .octet(0); // sm_default_msg_id
        if (piece.uncut()) {
            return out.octet(0).parameter(Tags.MESSAGE_PAYLOAD, piece.octets()).bytes();
        }
        out.octet(piece.octets().length()).octets(piece.octets());
        var sar = piece.sar();
        if (sar != null) {
            int reference = reference(message);
            out.parameter(Tags.SAR_MSG_REF_NUM, octets(reference >> 8, reference))
                    .parameter(Tags.SAR_TOTAL_SEGMENTS, octets(sar.of()))
                    .parameter(Tags.SAR_SEGMENT_SEQNUM, octets(sar.number()));
        }
        return out.bytes();
    }

    NumberForm from(OutboundMessage message) {
        return NumberForm.of(message.conversation().line(), profile.bare());
    }

    NumberForm to(OutboundMessage message) {
        return NumberForm.of(message.conversation().address(), profile.bare());
    }

    private static Bytes octets(int... values) {
        var out = new BodyWriter();
        for (int value : values) {
            out.octet(value);
        }
        return out.bytes();
    }

    /// From now on, in the relative form `YYMMDDhhmmss000R` (SMPP 3.4, 7.1.1.2).
    private String validity(OutboundMessage message, Instant now) {
        var most = profile.validity();
        if (most == null) {
            return "";
        }
        var left = Duration.between(now, message.expiresAt());
        var shorter = left.compareTo(most) < 0 ? left : most;
        long seconds = Math.clamp(shorter.toSeconds(), 1, LONGEST_VALIDITY.toSeconds());
        var period = Duration.ofSeconds(seconds);
        return "0000%02d%02d%02d%02d000R"
                .formatted(
                        period.toDaysPart(),
                        period.toHoursPart(),
                        period.toMinutesPart(),
                        period.toSecondsPart());
    }
}
