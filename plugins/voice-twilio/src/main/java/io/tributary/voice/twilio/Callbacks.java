package io.tributary.voice.twilio;

import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.twilio.SignedRequests;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Addresses behind our door that Twilio is told to call, each for one thing that can happen.
final class Callbacks {

    /// A call made some progress.
    static final String STATUS = "status";

    /// A second leg made some progress: an agent's, or the customer's where the agent was first.
    static final String LEG = "leg";

    /// The agents that were rung have answered and hung up, or have not.
    static final String DIALLED = "dialled";

    /// The caller waits in the queue: what is to be heard?
    static final String WAIT = "wait";

    /// The caller was put on hold: what is to be heard?
    static final String HOLD = "hold";

    /// The caller left the queue.
    static final String LEFT = "left";

    /// The caller pressed a key in the queue.
    static final String KEY = "key";

    /// The caller has left a message.
    static final String RECORDED = "recorded";

    /// A recording is ready, or never will be.
    static final String RECORDING = "recording";

    /// Words of a voicemail.
    static final String WORDS = "words";

    /// Words of a call that goes on.
    static final String SPEECH = "speech";

    /// In the query: the key of the send that it is about.
    static final String SEND = "send";

    /// In the query: whose leg it is, or what it means that the leg answers.
    static final String AS = "as";

    /// The leg of an agent who was called before the customer.
    static final String AGENT = "agent";

    /// The leg of a customer who is called when an agent is on the line already.
    static final String CUSTOMER = "customer";

    /// Twilio repeats a callback up to this often, within 15 s, whatever went wrong.
    private static final String PERSISTENTLY = "#rc=3&rp=all";

    private final AccountContext context;
    private final @Nullable URI publicUrl;

    Callbacks(AccountContext context, @Nullable URI publicUrl) {
        this.context = context;
        this.publicUrl = publicUrl;
    }

    /// The address for one thing.
    ///
    /// @param query pairs of name and value, nothing in them to be escaped; what is null is left
    ///   out
    String to(String path, @Nullable String... query) {
        var address =
                new StringBuilder(
                        SignedRequests.address(publicUrl, context.url(Door.WEBHOOK, path), path));
        char mark = '?';
        for (int i = 0; i < query.length; i += 2) {
            if (query[i + 1] != null) {
                address.append(mark).append(query[i]).append('=').append(query[i + 1]);
                mark = '&';
            }
        }
        return address.append(PERSISTENTLY).toString();
    }
}
