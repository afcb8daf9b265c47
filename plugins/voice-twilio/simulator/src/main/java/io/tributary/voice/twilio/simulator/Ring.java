package io.tributary.voice.twilio.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One call. Thread safe.
public final class Ring {

    /// In place of a document: who was on the other end goes another way.
    static final String LEFT_ALONE = "left alone";

    private static final long PATIENCE_SECONDS = 20;

    private final String sid;
    private final String from;
    private final String to;
    private final String direction;
    private final Map<String, String> more;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile String status;
    private @Nullable Ring first;

    Ring(String sid, String from, String to, boolean inbound, Map<String, String> more) {
        this(sid, from, to, inbound ? "inbound" : "outbound-api", more);
        this.status = inbound ? "ringing" : "queued";
    }

    private Ring(String sid, String from, String to, String direction, Map<String, String> more) {
        this.sid = sid;
        this.from = from;
        this.to = to;
        this.direction = direction;
        this.more = Map.copyOf(more);
        this.status = "in-progress";
    }

    /// A second leg of this call, with somebody who has answered.
    Ring leg(String legSid, String end) {
        var leg = new Ring(legSid, from, end, "outbound-dial", Map.of());
        leg.first = this;
        return leg;
    }

    /// Twilio's id of it.
    public String sid() {
        return sid;
    }

    /// Who calls.
    public String from() {
        return from;
    }

    /// Who is called.
    public String to() {
        return to;
    }

    /// In Twilio's words.
    String direction() {
        return direction;
    }

    Map<String, String> more() {
        return more;
    }

    /// How it stands, in Twilio's words.
    public String status() {
        return status;
    }

    void status(String other) {
        status = other;
    }

    /// What was said and played to whoever is on the call, in order.
    public List<String> heard() {
        return List.copyOf(heard);
    }

    void hears(String text) {
        heard.add(text);
    }

    /// Somebody redirects it, or ends it by an empty document. A second leg leaves the first one by
    /// that.
    synchronized void order(String document) {
        orders.add(document);
        var other = first;
        if (other != null) {
            first = null;
            other.orders.add(LEFT_ALONE);
        }
    }

    /// What somebody ordered meanwhile; null: nothing.
    @Nullable String ordered(boolean stays) throws InterruptedException {
        return stays ? orders.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) : orders.poll();
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    void over() {
        over.countDown();
    }

    /// Waits until it is over and all is called back.
    public Ring await() throws InterruptedException {
        if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the call does not end");
        }
        return this;
    }
}
