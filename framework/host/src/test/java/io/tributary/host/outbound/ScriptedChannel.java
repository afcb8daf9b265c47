package io.tributary.host.outbound;

import io.tributary.spi.Account;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Line;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Reconciles;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// A channel that answers as it is told and remembers every call.
final class ScriptedChannel implements Account, Sends {

    /// What a send is answered with.
    interface Script {
        SendResult answer(OutboundMessage message) throws InterruptedException;
    }

    private final List<OutboundMessage> sent = new CopyOnWriteArrayList<>();
    private volatile Capabilities capabilities =
            Capabilities.NONE
                    .with(
                            "text",
                            Capabilities.Support.full().length(20, Capabilities.Unit.CODE_POINTS))
                    .start();
    private volatile Script script = message -> SendResult.accepted("x-" + message.key());
    private volatile List<Line> lines = List.of(Line.of("desk", "Desk"));
    private volatile int atOnce = 16;
    private volatile boolean silent;

    void answers(Script with) {
        script = with;
    }

    void can(UnaryOperator<Capabilities> change) {
        capabilities = change.apply(capabilities);
    }

    /// Whether it cannot say what it carries.
    void silent(boolean now) {
        silent = now;
    }

    void has(Line... all) {
        lines = List.of(all);
    }

    void atOnce(int sends) {
        atOnce = sends;
    }

    /// Every call, in the order in which they began.
    List<OutboundMessage> sent() {
        return List.copyOf(sent);
    }

    List<String> texts() {
        return sent.stream().map(message -> message.content().fallback()).toList();
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        if (silent) {
            throw new IllegalStateException("made so by the test");
        }
        return capabilities;
    }

    @Override
    public List<Line> lines() {
        return lines;
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        sent.add(message);
        return script.answer(message);
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    /// The same channel, which can also be asked what became of a send.
    static final class Reconciling implements Account, Reconciles {

        private final ScriptedChannel channel;
        private final Script lookUp;
        private final List<OutboundMessage> asked = new CopyOnWriteArrayList<>();

        Reconciling(ScriptedChannel channel, Script lookUp) {
            this.channel = channel;
            this.lookUp = lookUp;
        }

        List<OutboundMessage> asked() {
            return List.copyOf(asked);
        }

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return channel.capabilities(conversation);
        }

        @Override
        public SendResult send(OutboundMessage message) throws InterruptedException {
            return channel.send(message);
        }

        @Override
        public SendResult lookUp(OutboundMessage message) throws InterruptedException {
            asked.add(message);
            return lookUp.answer(message);
        }
    }
}
