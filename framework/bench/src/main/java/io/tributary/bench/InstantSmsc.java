package io.tributary.bench;

import io.tributary.smpp.simulator.Smsc;
import java.io.IOException;

/// An SMSC that takes every message at once and counts them. It sends no receipts.
public final class InstantSmsc {

    private static final Tally.Counter COUNTER = new Tally.Counter();

    private InstantSmsc() {}

    /// Needs two ports: where it tells what it counted, and where it speaks SMPP.
    public static void main(String[] arguments) throws IOException {
        Smsc smsc = Smsc.start(Integer.parseInt(arguments[1]));
        smsc.behaviour().receipts(false);
        smsc.handTo(_ -> COUNTER.next());
        EventLoops.serve(
                Integer.parseInt(arguments[0]),
                request -> {
                    if (!EventLoops.tells(COUNTER, request)) {
                        request.response().setStatusCode(404).end();
                    }
                });
    }
}
