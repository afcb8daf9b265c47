package io.tributary.voice.twilio.simulator;

import io.tributary.twilio.simulator.Caller;
import io.tributary.twilio.simulator.Form;
import io.tributary.twilio.simulator.Webhook;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// Calls the company: asks what to do, and tells what happened. What it only tells can be held back
/// and told in another order. Thread safe.
final class Postbox implements AutoCloseable {

    /// Something to tell.
    private record Letter(String sid, URI url, Form form) {}

    private final Caller caller;
    private final List<Letter> held = new ArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private boolean holds;

    Postbox(String authToken) {
        caller = new Caller(authToken);
    }

    /// Asks, and waits for the document.
    String ask(String sid, URI url, Form form) throws InterruptedException {
        return told(caller.call(sid, url, form, false)).body();
    }

    /// Tells now, or later.
    void tell(String sid, URI url, Form form) throws InterruptedException {
        synchronized (this) {
            if (holds) {
                held.add(new Letter(sid, url, form));
                return;
            }
        }
        told(caller.call(sid, url, form, false));
    }

    private Webhook told(Webhook webhook) {
        if (!webhook.taken()) {
            refused.add(webhook.sid() + " " + webhook.status());
        }
        return webhook;
    }

    synchronized void hold() {
        holds = true;
    }

    /// Tells all that was held back, in some order, some of it twice.
    void release(Random order) throws InterruptedException {
        List<Letter> letters;
        synchronized (this) {
            holds = false;
            letters = new ArrayList<>(held);
            held.clear();
        }
        letters.addAll(List.copyOf(letters.subList(0, letters.size() / 2)));
        Collections.shuffle(letters, order);
        for (var letter : letters) {
            told(caller.call(letter.sid(), letter.url(), letter.form(), false));
        }
    }

    /// What was not answered by 2xx.
    List<String> refused() {
        return List.copyOf(refused);
    }

    /// What Twilio's debugger would show.
    List<String> alerts() {
        return caller.alerts();
    }

    @Override
    public void close() {
        caller.close();
    }
}
