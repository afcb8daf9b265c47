package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a stored update into what happened. Pure.
final class Translation {

    private final ThreadOwners owners;

    Translation(ThreadOwners owners) {
        this.owners = owners;
    }

    List<Inbound> of(Arrival arrival) {
        var event = arrival.event();
        if (event.kind().equals(Update.TOO_LARGE)) {
            return Notices.tooLarge(event);
        }
        var body = JsonSource.read(event.body());
        var line = event.notes().getOrDefault(Update.LINE, "");
        if (event.kind().equals(Update.ERROR)) {
            return Notices.error(event, body);
        }
        // what came to none of our ends: nobody could answer it
        return line.isEmpty() ? Notices.change(event, body) : read(event, body, line);
    }

    private List<Inbound> read(RawEvent event, Node body, String line) {
        return switch (event.kind()) {
            case Update.MESSAGE -> WhatsAppMessages.message(body, line, contact(event));
            case Update.STATUS -> WhatsAppStatuses.of(body, line);
            case Update.ECHO -> WhatsAppMessages.echo(body, line, contact(event));
            case Update.PREFERENCE -> WhatsAppMessages.preference(body, line, contact(event));
            case Update.USER_ID -> WhatsAppMessages.userId(body, line, contact(event));
            case Update.MESSAGING -> messaging(event, body, line);
            default -> Notices.change(event, body);
        };
    }

    private List<Inbound> messaging(RawEvent event, Node body, String line) {
        @Nullable Platform platform =
                Platform.ofObject(event.notes().getOrDefault(Update.OBJECT, ""));
        if (platform == null || platform == Platform.WHATSAPP) {
            return Notices.change(event, body);
        }
        boolean standby = event.notes().containsKey(Update.STANDBY);
        return new PageEvents(platform, owners).of(body, line, standby);
    }

    private static Node contact(RawEvent event) {
        var contact = event.notes().get(Update.CONTACT);
        return contact == null ? Node.NOTHING : JsonSource.read(Bytes.utf8(contact));
    }
}
