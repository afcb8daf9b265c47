package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.agents.Agents;
import io.tributary.host.agents.Claims;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.outbound.CapabilityWatch;
import io.tributary.host.outbound.Capable;
import io.tributary.host.outbound.Replies;
import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Conversations, and who works on them.
final class ConversationResources {

    private static final long SMALL = 16 * 1024;
    private static final int LONGEST_NOTE = 2_000;

    private final Agents agents;
    private final Replies replies;
    private final CapabilityWatch told;

    /// @param told is to know what an app was shown
    ConversationResources(Agents agents, Replies replies, CapabilityWatch told) {
        this.agents = agents;
        this.replies = replies;
        this.told = told;
    }

    void add(Routes routes) {
        routes.add(
                "GET", "/v1/conversations", Scope.INTERACTIONS_READ, 0, Refusals.told(this::list));
        routes.add(
                "GET",
                "/v1/conversations/{id}",
                Scope.INTERACTIONS_READ,
                0,
                Refusals.told(this::one));
        routes.add(
                "GET",
                "/v1/conversations/{id}/interactions",
                Scope.INTERACTIONS_READ,
                0,
                Refusals.told(this::interactions));
        act(routes, "claim", agents.claims()::claim);
        act(routes, "release", agents.claims()::release);
        act(routes, "close", agents.claims()::close);
        routes.add(
                "POST",
                "/v1/conversations/{id}/transfer",
                Scope.INTERACTIONS_WRITE,
                SMALL,
                Refusals.told(this::transfer));
    }

    private Answer list(Request request) {
        Query query =
                Query.of(
                        request,
                        "open",
                        "account",
                        "channel",
                        "customer",
                        "claimedBy",
                        "before",
                        "limit");
        return StreamResources.json(
                agents.conversations().page(request.query(), query.limit(), request.principal()));
    }

    /// With what it can carry, where the channel can say.
    private Answer one(Request request) throws InterruptedException {
        ConversationId id = Ids.conversation(request);
        Bytes view = agents.conversations().one(id, request.principal());
        Optional<Capable> capabilities = replies.capabilities(id);
        capabilities.ifPresent(capable -> told.told(id, capable));
        return StreamResources.json(
                capabilities.isEmpty()
                        ? view
                        : with(view, "capabilities", CapabilityView.of(capabilities.get())));
    }

    /// One more member at the end of an object, the rest of which stays as it is written.
    private static Bytes with(Bytes object, String name, ObjectNode value) {
        String text = object.utf8();
        return Bytes.utf8(
                text.substring(0, text.lastIndexOf('}')) + ",\"" + name + "\":" + value + "}");
    }

    private Answer view(Request request, ConversationId id) {
        return StreamResources.json(agents.conversations().one(id, request.principal()));
    }

    private Answer interactions(Request request) {
        Query query = Query.of(request, "after", "before", "limit");
        @Nullable String after = query.text("after");
        @Nullable String before = query.text("before");
        return StreamResources.json(
                agents.conversations()
                        .interactions(
                                Ids.conversation(request),
                                after,
                                before,
                                query.limit(),
                                request.principal()));
    }

    private void act(Routes routes, String verb, Consumer<Claims.Act> action) {
        routes.add(
                "POST",
                "/v1/conversations/{id}/" + verb,
                Scope.INTERACTIONS_WRITE,
                SMALL,
                Refusals.told(request -> {
                    RequestJson body = RequestJson.of(request);
                    Actors.Named agent = Actors.of(body, request.principal());
                    body.finish();
                    Claims.Act act = act(request, agent);
                    action.accept(act);
                    return view(request, act.conversation());
                }));
    }

    private static Claims.Act act(Request request, Actors.Named agent) {
        return new Claims.Act(
                Ids.conversation(request), agent.actor(), request.principal(), request.trace());
    }

    private Answer transfer(Request request) {
        RequestJson body = RequestJson.of(request);
        Actors.Named agent = Actors.of(body, request.principal());
        if (!body.has("to")) {
            body.error("/to", "is needed");
        }
        Actors.Named to = Actors.named(body, "to", agent);
        String note = body.text("note");
        if (note != null && note.length() > LONGEST_NOTE) {
            body.error("/note", "may have 2000 characters at most");
        }
        body.finish();
        Claims.Act act = act(request, agent);
        agents.claims().transfer(act, to.actor(), note);
        return view(request, act.conversation());
    }
}
