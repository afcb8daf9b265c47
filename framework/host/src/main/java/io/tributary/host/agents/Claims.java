package io.tributary.host.agents;

import io.tributary.host.access.Principal;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.json.InteractionJson;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Changed.What;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.TimeOrderedIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Who works on a conversation. Each change appends, in the same commit, the interaction that tells
/// the others. Blocking.
///
/// All of it is idempotent: what is so already is answered like a success and appends nothing.
public final class Claims {

    private static final int TRIES = 8;

    private final Journal journal;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    /// Who acts on which conversation.
    ///
    /// @param agent has an id
    /// @param traceparent of the request; null for none
    public record Act(
            ConversationId conversation,
            Actor agent,
            Principal principal,
            @Nullable String traceparent) {

        /// Refuses an agent without id.
        public Act {
            if (agent.id() == null) {
                throw new IllegalArgumentException("an agent needs an id");
            }
        }

        String agentId() {
            String id = agent.id();
            if (id == null) {
                throw new IllegalStateException("checked when it was made");
            }
            return id;
        }
    }

    Claims(Journal journal, TimeOrderedIds ids, InstantSource clock) {
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    /// Takes it.
    ///
    /// @throws Refusal it is not there, closed, or another agent holds it
    public void claim(Act act) {
        decide(
                act,
                conversation -> {
                    needOpen(conversation);
                    if (act.agentId().equals(conversation.claimedBy())) {
                        return null;
                    }
                    return held(
                            act,
                            new Change.Claim(
                                    act.conversation(),
                                    act.agentId(),
                                    act.agent().name(),
                                    clock.instant()),
                            changed(What.CLAIMED, act.agent()));
                });
    }

    /// Gives it back, so that anybody may take it.
    ///
    /// @throws Refusal it is not there, or another agent holds it
    public void release(Act act) {
        decide(
                act,
                conversation -> {
                    if (conversation.claimedBy() == null) {
                        return null;
                    }
                    return held(
                            act,
                            new Change.Claim(act.conversation(), null, null, clock.instant()),
                            changed(What.RELEASED, act.agent()));
                });
    }

    /// Hands it to another agent.
    ///
    /// @param to has an id
    /// @throws Refusal it is not there, closed, or another agent holds it
    public void transfer(Act act, Actor to, @Nullable String note) {
        decide(
                act,
                conversation -> {
                    needOpen(conversation);
                    return held(
                            act,
                            new Change.Claim(
                                    act.conversation(), to.id(), to.name(), clock.instant()),
                            new Content.Handover(act.agent(), to, note));
                });
    }

    /// Ends it.
    ///
    /// @throws Refusal it is not there, or another agent holds it
    public void close(Act act) {
        decide(
                act,
                conversation -> {
                    if (conversation.closedAt() != null) {
                        return null;
                    }
                    return held(
                            act,
                            new Change.CloseConversation(act.conversation(), clock.instant()),
                            changed(What.CLOSED, act.agent()));
                });
    }

    private record Decision(List<Expect> expects, Change change, Content tells) {}

    /// What is to be done about a conversation as it was read.
    @FunctionalInterface
    private interface Decider {
        @Nullable Decision decide(Conversation conversation);
    }

    private void decide(Act act, Decider decider) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Conversation conversation = need(act);
            needFree(conversation, act);
            Decision decision = decider.decide(conversation);
            if (decision == null || commit(act, conversation, decision)) {
                return;
            }
        }
        throw new Refusal(Refusal.Why.BUSY, "others changed the conversation at the same time");
    }

    private boolean commit(Act act, Conversation conversation, Decision decision) {
        Change appended = append(act, conversation, decision.tells());
        // the interaction comes first: an item that closes its conversation still belongs to it
        Unit unit = Unit.of(decision.expects(), List.of(appended, decision.change()));
        try {
            return switch (journal.append(unit).join()) {
                case Commit.Done _ -> true;
                case Commit.Stale _ -> false;
            };
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private Decision held(Act act, Change change, Content tells) {
        List<Expect> expects = new ArrayList<>();
        expects.add(new Expect.ConversationOpen(act.conversation()));
        expects.add(new Expect.ClaimFree(act.conversation(), act.agentId()));
        return new Decision(expects, change, tells);
    }

    private Change.Append append(Act act, Conversation conversation, Content content) {
        Instant now = clock.instant();
        Interaction interaction =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(conversation.id())
                        .customer(conversation.customer())
                        .channel(conversation.channel())
                        .account(conversation.account())
                        .line(conversation.line())
                        .address(conversation.address())
                        .thread(conversation.thread())
                        .direction(Direction.INTERNAL)
                        .actor(act.agent())
                        .occurredAt(now)
                        .receivedAt(now)
                        .traceparent(act.traceparent())
                        .contents(content)
                        .build();
        return new Change.Append(
                interaction.id(),
                conversation.id(),
                conversation.customer(),
                conversation.channel(),
                conversation.account(),
                Direction.INTERNAL,
                interaction.type(),
                Change.Weight.QUIET,
                now,
                Bytes.wrap(InteractionJson.encode(interaction)));
    }

    private static Content changed(What what, Actor agent) {
        Map<String, String> details = new HashMap<>();
        details.put("agent", String.valueOf(agent.id()));
        if (agent.name() != null) {
            details.put("name", agent.name());
        }
        return new Content.Changed(what, details);
    }

    private Conversation need(Act act) {
        return journal.conversations()
                .byId(act.conversation())
                .filter(conversation -> act.principal().sees(conversation.account()))
                .orElseThrow(() -> Refusal.notFound("there is no conversation of this id"));
    }

    private static void needFree(Conversation conversation, Act act) {
        String holder = conversation.claimedBy();
        if (holder != null && !holder.equals(act.agentId())) {
            String name = conversation.claimedName();
            throw new Refusal(Refusal.Why.CLAIMED, "held by " + (name == null ? holder : name));
        }
    }

    private static void needOpen(Conversation conversation) {
        if (conversation.closedAt() != null) {
            throw new Refusal(
                    Refusal.Why.CLOSED,
                    String.format(Locale.ROOT, "closed at %s", conversation.closedAt()));
        }
    }
}
