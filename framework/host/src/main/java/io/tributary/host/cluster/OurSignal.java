package io.tributary.host.cluster;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.spi.Conversation;
import io.tributary.spi.SendsSignals;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// That somebody on our side is writing or has read, on its way to the member that can show it to
/// the customer.
///
/// @param upTo the provider's id of the last that was read; null: it has none
public record OurSignal(Conversation conversation, SendsSignals.Kind kind, @Nullable String upTo) {

    void write(WireWriter out) {
        Instant last = conversation.lastFromCustomer();
        Locale locale = conversation.locale();
        out.uuid(conversation.id().value())
                .text(conversation.channel().value())
                .text(conversation.account().value())
                .text(conversation.line())
                .text(conversation.address());
        optional(out, conversation.thread());
        out.octet(last == null ? 0 : 1);
        if (last != null) {
            out.number(last.toEpochMilli());
        }
        optional(out, locale == null ? null : locale.toLanguageTag());
        out.text(kind.name());
        optional(out, upTo);
    }

    static OurSignal read(WireReader in) {
        var id = new ConversationId(in.uuid());
        var channel = new ChannelId(in.text());
        var account = new AccountId(in.text());
        String line = in.text();
        String address = in.text();
        String thread = optional(in);
        Instant last = in.octet() == 0 ? null : Instant.ofEpochMilli(in.number());
        String locale = optional(in);
        var conversation =
                new Conversation(
                        id,
                        channel,
                        account,
                        line,
                        address,
                        thread,
                        last,
                        locale == null ? null : Locale.forLanguageTag(locale));
        return new OurSignal(conversation, SendsSignals.Kind.valueOf(in.text()), optional(in));
    }

    private static void optional(WireWriter out, @Nullable String text) {
        out.octet(text == null ? 0 : 1);
        if (text != null) {
            out.text(text);
        }
    }

    private static @Nullable String optional(WireReader in) {
        return in.octet() == 0 ? null : in.text();
    }

    /// Only the kind: the rest is personal data.
    @Override
    public String toString() {
        return "OurSignal[" + kind + "]";
    }
}
