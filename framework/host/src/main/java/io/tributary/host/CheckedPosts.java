package io.tributary.host;

import io.tributary.host.egress.Posting;
import io.tributary.host.webhooks.Posts;
import io.tributary.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// Webhooks' way out, under the egress rules.
record CheckedPosts(Posting posting) implements Posts {

    @Override
    public void check(URI to) throws IOException {
        posting.check(to);
    }

    @Override
    public Answer post(URI to, Map<String, String> headers, Bytes body)
            throws IOException, InterruptedException {
        Posting.Answer answer = posting.post(to, headers, body);
        return new Answer(answer.status(), answer.retryAfter());
    }
}
