package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.host.outbound.Draft;
import io.tributary.host.outbound.FallbackPlan;
import io.tributary.host.outbound.Fallbacks;
import io.tributary.host.outbound.Opening;
import io.tributary.host.outbound.Posted;
import io.tributary.host.outbound.Previewed;
import io.tributary.host.outbound.Replies;
import io.tributary.host.outbound.Reply;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Replies and what they would become, and conversations that our side begins.
final class Replying {

    private static final long LIMIT = 256 * 1024;

    private final Journal journal;
    private final Replies replies;
    private final Fallbacks fallbacks;

    Replying(Journal journal, Replies replies, Fallbacks fallbacks) {
        this.journal = journal;
        this.replies = replies;
        this.fallbacks = fallbacks;
    }

    void add(Routes routes) {
        routes.add(
                "POST",
                "/v1/conversations/{id}/interactions",
                Scope.INTERACTIONS_WRITE,
                LIMIT,
                this::reply);
        routes.add(
                "POST",
                "/v1/conversations/{id}/preview",
                Scope.INTERACTIONS_WRITE,
                LIMIT,
                this::preview);
        routes.add(
                "GET",
                "/v1/interactions/{id}/fallback",
                Scope.INTERACTIONS_READ,
                0,
                Refusals.told(this::fallback));
        routes.add("POST", "/v1/conversations", Scope.INTERACTIONS_WRITE, LIMIT, this::start);
        routes.add(
                "POST",
                "/v1/conversations/preview",
                Scope.INTERACTIONS_WRITE,
                LIMIT,
                this::previewStart);
    }

    private Answer reply(Request request) throws InterruptedException {
        DraftJson.Planned planned = read(request);
        Reply reply = planned.reply();
        FallbackPlan plan = planned.plan();
        refuseUnseen(reply.draft(), request.principal());
        Posted posted = plan == null ? replies.post(reply) : fallbacks.post(reply, plan);
        return switch (posted) {
            case Posted.Refused refused -> throw refusal(refused, reply, request.principal());
            case Posted.Taken taken -> answer(taken);
        };
    }

    private Answer preview(Request request) throws InterruptedException {
        DraftJson.Planned planned = read(request);
        Reply reply = planned.reply();
        FallbackPlan plan = planned.plan();
        Optional<Problem> unseen = unseen(reply.draft(), request.principal());
        if (unseen.isPresent()) {
            return shown(PreviewView.of(unseen.get()));
        }
        ObjectNode view =
                switch (plan == null ? replies.preview(reply) : fallbacks.first(reply)) {
                    case Previewed.Sendable sendable -> PreviewView.of(sendable);
                    case Previewed.Unsendable(var why) ->
                            PreviewView.of(refusal(why, reply, request.principal()));
                };
        if (plan != null) {
            view.put("until", FallbackView.word(fallbacks.until(reply, plan)));
            view.set("fallback", FallbackView.of(fallbacks.preview(reply, plan)));
        }
        return shown(view);
    }

    private static Answer shown(ObjectNode view) {
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(view));
    }

    private void refuseUnseen(Draft draft, Principal principal) {
        unseen(draft, principal)
                .ifPresent(problem -> {
                    throw problem;
                });
    }

    /// Where a draft shows a file that the token does not see. What else could be sent is not
    /// asked: of such a file nothing may be said.
    private Optional<Problem> unseen(Draft draft, Principal principal) {
        return replies.unseen(draft, principal::sees).map(why -> Unsent.problem(why, List.of()));
    }

    /// With what may be done instead, as far as the token sees it.
    private Problem refusal(Posted.Refused refused, Reply reply, Principal principal)
            throws InterruptedException {
        return refused instanceof Posted.Refused.CannotSend cannot
                ? Unsent.problem(cannot, replies.alternatives(reply, cannot, principal.accounts()))
                : Unsent.problem(refused);
    }

    private Problem refusal(Posted.Refused refused, Opening first, Principal principal)
            throws InterruptedException {
        return refused instanceof Posted.Refused.CannotSend cannot
                ? Unsent.problem(cannot, replies.alternatives(first, principal.accounts()))
                : Unsent.problem(refused);
    }

    private DraftJson.Planned read(Request request) {
        return DraftJson.reply(
                request,
                Seen.conversation(journal, request.principal(), Ids.conversation(request)));
    }

    private Answer fallback(Request request) {
        Query.of(request);
        Fallbacks.Known known =
                fallbacks
                        .of(Ids.interaction(request))
                        .filter(each -> request.principal().sees(each.plan().account()))
                        .orElseThrow(() -> Ids.notFound("fallback plan"));
        return Answer.json(
                200,
                RequestJson.JSON.writeValueAsBytes(FallbackView.of(known, request.principal())));
    }

    private Answer start(Request request) throws InterruptedException {
        Beginning beginning = beginning(request);
        Opening first = beginning.first();
        FallbackPlan plan = beginning.plan();
        refuseUnseen(first.draft(), request.principal());
        Posted posted = plan == null ? replies.start(first) : fallbacks.start(first, plan);
        return switch (posted) {
            case Posted.Refused refused -> throw refusal(refused, first, request.principal());
            case Posted.Taken taken -> answer(taken);
        };
    }

    private Answer previewStart(Request request) throws InterruptedException {
        Beginning beginning = beginning(request);
        Opening first = beginning.first();
        FallbackPlan plan = beginning.plan();
        Optional<Problem> unseen = unseen(first.draft(), request.principal());
        if (unseen.isPresent()) {
            return shown(PreviewView.of(unseen.get()));
        }
        ObjectNode view =
                switch (plan == null ? replies.preview(first) : fallbacks.first(first)) {
                    case Previewed.Sendable sendable -> PreviewView.of(sendable);
                    case Previewed.Unsendable(var why) ->
                            PreviewView.of(refusal(why, first, request.principal()));
                };
        if (plan != null) {
            view.put("until", FallbackView.word(fallbacks.until(first, plan)));
            view.set("fallback", FallbackView.of(fallbacks.preview(first, plan)));
        }
        return shown(view);
    }

    /// @param plan where it goes if it does not arrive; null: nowhere
    private record Beginning(Opening first, @Nullable FallbackPlan plan) {}

    private static Beginning beginning(Request request) {
        RequestJson body = RequestJson.of(request);
        List<Part> parts = DraftJson.parts(body);
        Actors.Named agent = Actors.of(body, request.principal());
        String account = body.needText("account");
        String address = body.needText("address");
        String line = body.text("line");
        Duration life = DraftJson.life(body);
        Priority priority = DraftJson.priority(body);
        FallbackPlan plan = FallbackDraft.of(body, request.principal());
        body.finish();
        AccountId through = Seen.account(request.principal(), account);
        return new Beginning(
                new Opening(
                        through,
                        address,
                        line,
                        null,
                        DraftJson.draft(request, parts, agent, life).priority(priority)),
                plan);
    }

    private static Answer answer(Posted.Taken taken) {
        return Answer.json(202, InteractionJson.encodeWithPosition(taken.interaction()));
    }
}
