package io.tributary.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes an [Interaction] step by step. For one thread; may build several.
///
/// Giving a value forgets the unknown member of the same name, since it would hide the new value
/// when written.
public final class InteractionBuilder {

    private @Nullable InteractionId id;
    private long position;
    private @Nullable ConversationId conversation;
    private @Nullable CustomerId customer;
    private @Nullable ChannelId channel;
    private @Nullable AccountId account;
    private String line = "";
    private String address = "";
    private @Nullable Direction direction;
    private @Nullable Actor actor;
    private @Nullable Instant occurredAt;
    private @Nullable Instant receivedAt;
    private @Nullable Target target;
    private @Nullable Target inReplyTo;
    private @Nullable String thread;
    private @Nullable Locale locale;
    private @Nullable String traceparent;
    private @Nullable PluginVersion plugin;
    private boolean replayed;
    private boolean possibleDuplicate;
    private Map<String, Json> extensions = Map.of();
    private List<Part> parts = List.of();
    private @Nullable String fallbackText;
    private Map<String, Json> unknown = Map.of();

    InteractionBuilder() {}

    InteractionBuilder(Interaction source) {
        id = source.id();
        position = source.position();
        conversation = source.conversation();
        customer = source.customer();
        channel = source.channel();
        account = source.account();
        line = source.line();
        address = source.address();
        direction = source.direction();
        actor = source.actor();
        occurredAt = source.occurredAt();
        receivedAt = source.receivedAt();
        target = source.target();
        inReplyTo = source.inReplyTo();
        thread = source.thread();
        locale = source.locale();
        traceparent = source.traceparent();
        plugin = source.plugin();
        replayed = source.replayed();
        possibleDuplicate = source.possibleDuplicate();
        extensions = source.extensions();
        parts = source.parts();
        fallbackText = source.fallbackText();
        unknown = source.unknown();
    }

    /// Required.
    public InteractionBuilder id(InteractionId id) {
        this.id = id;
        known("id");
        return this;
    }

    /// 0 unless given: not appended yet.
    public InteractionBuilder position(long position) {
        this.position = position;
        return this;
    }

    /// Null only in a notice about the account.
    public InteractionBuilder conversation(@Nullable ConversationId conversation) {
        this.conversation = conversation;
        known("conversationId");
        return this;
    }

    /// Null only in a notice about the account.
    public InteractionBuilder customer(@Nullable CustomerId customer) {
        this.customer = customer;
        known("customerId");
        return this;
    }

    /// Required.
    public InteractionBuilder channel(ChannelId channel) {
        this.channel = channel;
        known("channel");
        return this;
    }

    /// Required.
    public InteractionBuilder account(AccountId account) {
        this.account = account;
        known("account");
        return this;
    }

    /// Empty unless given.
    public InteractionBuilder line(String line) {
        this.line = line;
        known("line");
        return this;
    }

    /// Empty unless given.
    public InteractionBuilder address(String address) {
        this.address = address;
        known("address");
        return this;
    }

    /// Required.
    public InteractionBuilder direction(Direction direction) {
        this.direction = direction;
        known("direction");
        return this;
    }

    /// The customer of an inbound interaction unless given, else the system.
    public InteractionBuilder actor(Actor actor) {
        this.actor = actor;
        known("actor");
        return this;
    }

    /// The time received unless given.
    public InteractionBuilder occurredAt(Instant occurredAt) {
        this.occurredAt = occurredAt;
        known("occurredAt");
        return this;
    }

    /// Required.
    public InteractionBuilder receivedAt(Instant receivedAt) {
        this.receivedAt = receivedAt;
        known("receivedAt");
        return this;
    }

    /// Null for none.
    public InteractionBuilder target(@Nullable Target target) {
        this.target = target;
        known("target");
        return this;
    }

    /// Null for none.
    public InteractionBuilder inReplyTo(@Nullable Target inReplyTo) {
        this.inReplyTo = inReplyTo;
        known("inReplyTo");
        return this;
    }

    /// Null for none.
    public InteractionBuilder thread(@Nullable String thread) {
        this.thread = thread;
        known("thread");
        return this;
    }

    /// Null where it is not known.
    public InteractionBuilder locale(@Nullable Locale locale) {
        this.locale = locale;
        known("locale");
        return this;
    }

    /// Null for none.
    public InteractionBuilder traceparent(@Nullable String traceparent) {
        this.traceparent = traceparent;
        known("traceparent");
        return this;
    }

    /// Null where the host made the interaction.
    public InteractionBuilder plugin(@Nullable PluginVersion plugin) {
        this.plugin = plugin;
        known("plugin");
        return this;
    }

    /// False unless given.
    public InteractionBuilder replayed(boolean replayed) {
        this.replayed = replayed;
        known("replayed");
        return this;
    }

    /// False unless given.
    public InteractionBuilder possibleDuplicate(boolean possibleDuplicate) {
        this.possibleDuplicate = possibleDuplicate;
        known("possibleDuplicate");
        return this;
    }

    /// Empty unless given.
    public InteractionBuilder extensions(Map<String, Json> extensions) {
        this.extensions = extensions;
        known("extensions");
        return this;
    }

    /// One more extension.
    ///
    /// @param name namespaced, such as `pager.priority`
    public InteractionBuilder extension(String name, Json value) {
        var more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return extensions(more);
    }

    /// Required, here or with [#contents(Content...)].
    public InteractionBuilder parts(List<Part> parts) {
        this.parts = parts;
        known("parts");
        return this;
    }

    /// The contents as parts, numbered from 1.
    public InteractionBuilder contents(Content... contents) {
        return parts(Part.of(contents));
    }

    /// Made of the parts' fallbacks unless given.
    public InteractionBuilder fallbackText(@Nullable String fallbackText) {
        this.fallbackText = fallbackText;
        known("fallbackText");
        return this;
    }

    /// Empty unless given.
    public InteractionBuilder unknown(Map<String, Json> unknown) {
        this.unknown = unknown;
        return this;
    }

    /// The interaction.
    ///
    /// @throws NullPointerException something required is missing; the message says what
    /// @throws IllegalArgumentException a value is refused; the message says which and why
    public Interaction build() {
        Direction way = Check.given(direction, "the direction of an interaction");
        Instant received = Check.given(receivedAt, "receivedAt of an interaction");
        return new Interaction(
                Check.given(id, "the id of an interaction"),
                position,
                conversation,
                customer,
                Check.given(channel, "the channel of an interaction"),
                Check.given(account, "the account of an interaction"),
                line,
                address,
                way,
                actor == null ? usualActor(way) : actor,
                occurredAt == null ? received : occurredAt,
                received,
                target,
                inReplyTo,
                thread,
                locale,
                traceparent,
                plugin,
                replayed,
                possibleDuplicate,
                extensions,
                parts,
                fallbackText == null ? fallbackOf(parts) : fallbackText,
                unknown);
    }

    private static Actor usualActor(Direction direction) {
        return direction == Direction.INBOUND ? Actor.CUSTOMER : Actor.SYSTEM;
    }

    private static String fallbackOf(List<Part> parts) {
        return parts.size() == 1
                ? parts.getFirst().content().fallback()
                : parts.stream()
                        .map(part -> part.content().fallback())
                        .collect(Collectors.joining("\n"));
    }

    private void known(String member) {
        if (unknown.containsKey(member)) {
            var rest = new LinkedHashMap<>(unknown);
            rest.remove(member);
            unknown = rest;
        }
    }
}
