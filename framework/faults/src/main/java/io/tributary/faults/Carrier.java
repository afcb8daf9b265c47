package io.tributary.faults;

import io.tributary.bench.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Delivers the messages of its own senders over a connection of its own, one at a time.
///
/// What is not answered 200 is repeated, with the same ids, until it is. Now and then a message
/// goes over two connections at once, and after a lost connection what was acknowledged last may
/// come again: providers do both.
final class Carrier implements Runnable {

    private static final int ONE_IN = 50;
    private static final int OK = 200;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Provider provider;
    private final Ledger ledger;
    private final Whereabouts member;
    private final int index;
    private final int carriers;
    private final Random random;
    private final Webhooks webhooks;
    private final Map<Integer, Long> rounds = new HashMap<>();
    private @Nullable Line line;
    private @Nullable Message last;
    private int carried;

    /// @param index from 0; with the number of carriers it decides which senders are this one's
    Carrier(
            Provider provider,
            Ledger ledger,
            Whereabouts member,
            int index,
            int carriers,
            Random random) {
        this.provider = provider;
        this.ledger = ledger;
        this.member = member;
        this.index = index;
        this.carriers = carriers;
        this.random = random;
        this.webhooks = new Webhooks(Member.PUBLIC_WEBHOOK, senders());
    }

    private int senders() {
        return carriers * Provider.SENDERS_EACH;
    }

    @Override
    public void run() {
        try {
            while (provider.goesOn()) {
                deliver(next());
            }
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        } finally {
            hangUp();
        }
    }

    /// Senders join bit by bit, so that conversations begin at all times. Numbers that leave the
    /// same rest have the same sender.
    private Message next() {
        int known = Math.min(Provider.SENDERS_EACH, 2 + carried / 10);
        int rest = index + carriers * random.nextInt(known);
        long round = rounds.merge(rest, 1L, Long::sum);
        long number = round * senders() + rest;
        carried++;
        return new Message(number, webhooks.sender(number), Webhooks.text(number));
    }

    private void deliver(Message message) throws InterruptedException {
        ledger.sent(message);
        byte[] request = webhooks.request(message.number());
        while (!delivered(request)) {
            member.pause(PAUSE);
            if (member.await() == null) {
                throw new InterruptedException("the member will not come back");
            }
            ledger.again(message);
            provider.retried();
        }
        ledger.acknowledged(message);
        provider.wasAcknowledged();
        last = message;
    }

    private boolean delivered(byte[] request) throws InterruptedException {
        URI at = member.await();
        if (at == null) {
            throw new InterruptedException("the member will not come back");
        }
        try {
            Line open = line == null ? call(at) : line;
            boolean twice = random.nextInt(ONE_IN) == 0;
            return twice ? overTwo(open, at, request) : ok(open, request);
        } catch (IOException broken) {
            hangUp();
            return false;
        }
    }

    private Line call(URI at) throws IOException {
        Line fresh = new Line(at);
        line = fresh;
        Message known = last;
        if (known != null && random.nextBoolean()) {
            provider.repeated();
            ok(fresh, webhooks.request(known.number()));
        }
        return fresh;
    }

    private boolean ok(Line open, byte[] request) throws IOException {
        open.ask(request);
        return ok(open);
    }

    private boolean ok(Line open) throws IOException {
        int status = open.answer();
        provider.answered(status);
        return status == OK;
    }

    private boolean overTwo(Line open, URI at, byte[] request) throws IOException {
        try (Line other = new Line(at)) {
            provider.repeated();
            open.ask(request);
            other.ask(request);
            boolean one = ok(open);
            return ok(other) || one;
        }
    }

    private void hangUp() {
        Line open = line;
        line = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException broken) {
                // it is as gone as it can be
            }
        }
    }
}
