package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Connection;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One bind of the account: holds its sessions, stores what comes and answers it then, and sends.
///
/// What comes waits in order in a bounded queue, is stored as many at once as there are, in one
/// commit, and is answered after it. Responses to what we send never wait behind it.
final class SmppConnection implements Connection, Sends {

    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_WAITING = 1_000;

    /// A thousand texts need a fraction of it; a thousand payloads of 64 KiB would be 70 MB a bind.
    private static final long MOST_OCTETS_WAITING = 8_000_000;

    /// How soon it is noticed that the SMSC has gone while nothing comes.
    private static final long LOOK_MILLISECONDS = 100;

    private final AccountContext context;
    private final Slot slot;
    private final Bind bind;
    private final EventReader reader;
    private final Outgoing outgoing;
    private final Backlog<Link.Heard> waiting =
            new Backlog<>(MOST_WAITING, MOST_OCTETS_WAITING, heard -> heard.pdu().body().length());
    private final int refusal;
    private volatile @Nullable Link sending;

    SmppConnection(AccountContext context, Slot slot, Bind bind, Profile profile) {
        this.context = context;
        this.slot = slot;
        this.bind = bind;
        this.reader = new EventReader(profile);
        this.outgoing = new Outgoing(context, profile);
        this.refusal = profile.refusal();
    }

    @Override
    public void run() throws Exception {
        var links = new ArrayList<Link>(2);
        try {
            for (int command : bind.commands()) {
                links.add(bind.open(command, this::heard));
            }
            sending = links.getFirst();
            slot.report(Health.up());
            while (links.stream().noneMatch(Link::isEnding)) {
                take();
            }
            throw new IOException("the SMSC has ended the connection");
        } catch (IOException failed) {
            sending = null;
            if (!Thread.currentThread().isInterrupted()) { // it leaves, and that is no trouble
                slot.report(health(failed));
                drain(links);
            }
            throw failed;
        } finally {
            sending = null;
            leave(links);
        }
    }

    private static Health health(IOException failed) {
        return switch (failed) {
            case BindRefused refused -> CommandStatus.ofBind(refused.status());
            case SSLException _ ->
                    Health.down("the connection to the SMSC cannot be encrypted")
                            .action("check url and certificateAuthority");
            default -> Health.down("the SMSC is not connected: " + failed.getMessage());
        };
    }

    /// What was submitted may still be answered: on a bind that the SMSC ends, and on the other one
    /// of a pair.
    private static void drain(List<Link> links) throws InterruptedException {
        links.forEach(Link::retire);
        for (var link : links) {
            link.drain();
        }
    }

    /// The SMSC offers again what was not answered.
    private static void leave(List<Link> links) throws InterruptedException {
        try {
            for (var link : links) {
                link.leave();
            }
        } finally {
            links.forEach(Link::close);
        }
    }

    /// On the thread that listens: it may not wait, since responses come there, too.
    private void heard(Link.Heard heard) {
        if (!waiting.add(heard)) {
            context.metrics().count("arrivals.refused", 1);
            answer(List.of(heard), refusal);
        }
    }

    private void take() throws NotStored, InterruptedException {
        var batch = waiting.take(MOST_AT_ONCE, LOOK_MILLISECONDS);
        if (batch.isEmpty()) {
            return;
        }
        var events = new ArrayList<RawEvent>(batch.size());
        for (var heard : batch) {
            events.add(reader.event(heard.pdu()));
        }
        try {
            slot.deliver(Delivery.of(List.copyOf(events)));
            answer(batch, CommandStatus.OK);
        } catch (NotStored refused) {
            if (refused.why() == NotStored.Why.LOST) {
                throw refused;
            }
            answer(batch, refusal);
            answer(waiting.clear(), refusal); // else it would be stored before those
        }
    }

    private static void answer(List<Link.Heard> batch, int status) {
        for (var heard : batch) {
            try {
                heard.answer(status);
            } catch (NotWritten gone) {
                // the SMSC offers it again, and it is known by its print
            }
        }
    }

    @Override
    public SendResult send(OutboundMessage message) {
        var link = sending;
        return link == null || link.isEnding()
                ? SendResult.retry(Duration.ZERO, Scope.ACCOUNT, "unbound", "the SMSC is not bound")
                : outgoing.send(message, link);
    }

    @Override
    public int atOnce() {
        return outgoing.window();
    }

    /// Whether the SMSC answers on this bind; null: it is not bound here.
    @Nullable Health check() throws InterruptedException {
        var link = sending;
        if (link == null) {
            return null;
        }
        try {
            link.ask(Pdu.ENQUIRE_LINK, Bytes.EMPTY);
            return Health.up();
        } catch (IOException silent) {
            return Health.down("the SMSC does not answer on the bind");
        }
    }
}
