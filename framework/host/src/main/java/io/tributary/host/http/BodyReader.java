package io.tributary.host.http;

import io.tributary.model.Bytes;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects one request's body within a limit, on its event loop.
///
/// Exactly one of the two outcomes is told, once; none if the client goes away first. What is held
/// meanwhile counts in the budget; whoever is given the whole body gives its portion back.
final class BodyReader implements Handler<Buffer>, Visitor.Awaited {

    private final Visitor visitor;
    private final long limit;
    private final BodyBudget.Portion portion;
    private final BiConsumer<Bytes, BodyBudget.Portion> whole;
    private final Consumer<Problem> refused;
    private @Nullable Buffer first;
    private @Nullable Buffer more;
    private long length;
    private boolean over;

    private BodyReader(
            Visitor visitor,
            long limit,
            BodyBudget.Portion portion,
            BiConsumer<Bytes, BodyBudget.Portion> whole,
            Consumer<Problem> refused) {
        this.visitor = visitor;
        this.limit = limit;
        this.portion = portion;
        this.whole = whole;
        this.refused = refused;
    }

    static void read(
            HttpServerRequest request,
            Visitor visitor,
            long now,
            long limit,
            BodyBudget budget,
            BiConsumer<Bytes, BodyBudget.Portion> whole,
            Consumer<Problem> refused) {
        var reader = new BodyReader(visitor, limit, budget.portion(), whole, refused);
        visitor.body(now, reader);
        request.handler(reader);
        request.endHandler(_ -> reader.end());
        request.resume();
    }

    @Override
    public void handle(Buffer chunk) {
        if (over) {
            return;
        }
        length += chunk.length();
        if (length > limit) {
            refuse(Problems.tooLarge(limit));
            return;
        }
        if (!portion.grow(length)) {
            refuse(Problems.busy("all the memory for requests' bodies is in use"));
            return;
        }
        visitor.received(chunk.length());
        Buffer before = first;
        Buffer gathered = more;
        if (before == null) {
            first = chunk;
        } else if (gathered == null) {
            more = Buffer.buffer().appendBuffer(before).appendBuffer(chunk);
        } else {
            gathered.appendBuffer(chunk);
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        visitor.answering();
        Buffer all = more != null ? more : first;
        whole.accept(all == null ? Bytes.EMPTY : Bytes.wrap(all.getBytes()), portion);
    }

    @Override
    public void late() {
        refuse(new Problem(ProblemType.TOO_SLOW, "the body came too slowly or not at all"));
    }

    @Override
    public void gone() {
        drop();
    }

    private void refuse(Problem problem) {
        if (!over) {
            drop();
            visitor.answering();
            refused.accept(problem);
        }
    }

    private void drop() {
        over = true;
        first = null;
        more = null;
        portion.giveBack();
    }

    /// Whether the announced body alone is reason to refuse.
    static @Nullable Problem objection(HttpServerRequest request, long limit) {
        Problem unclear = unclear(request);
        if (unclear != null) {
            return unclear;
        }
        String announced = request.getHeader("Content-Length");
        if (announced != null && tooLong(announced, limit)) {
            return Problems.tooLarge(limit);
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return new Problem(
                    ProblemType.WRONG_TYPE,
                    "compressed bodies are not taken: send it without Content-Encoding");
        }
        return null;
    }

    /// Where a body ends must be beyond doubt: a proxy that reads it otherwise would take a part of
    /// it for another request.
    static @Nullable Problem unclear(HttpServerRequest request) {
        String coding = request.getHeader("Transfer-Encoding");
        return coding == null || coding.equalsIgnoreCase("chunked")
                ? null
                : new Problem(ProblemType.MALFORMED, "the only Transfer-Encoding taken is chunked");
    }

    /// Digits only: the codec has refused everything else.
    private static boolean tooLong(String announced, long limit) {
        try {
            return Long.parseLong(announced) > limit;
        } catch (NumberFormatException _) {
            return true;
        }
    }
}
