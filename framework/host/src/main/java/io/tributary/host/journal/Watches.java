package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What conversations can carry as agent apps were last told, and when to look again. Blocking,
/// thread safe.
public interface Watches {

    Optional<Watch> of(ConversationId conversation);

    /// Those that are to be looked at by now, the most urgent first.
    List<Watch> due(Instant now, int limit);

    /// Those of an account.
    ///
    /// @param after null: from the first on
    List<Watch> of(AccountId account, @Nullable ConversationId after, int limit);

    /// Begins to watch a conversation, unless it is watched.
    void begin(Watch first);

    /// Moves one on, unless somebody else did since it was read.
    ///
    /// @return whether it was moved
    boolean move(Watch read, Watch next);

    void end(ConversationId conversation);

    /// One conversation that is watched.
    ///
    /// @param version of its capabilities as they were last told
    /// @param closesAt when its send window closes; null: none is open
    /// @param dueAt when to look at it; null: at no certain time
    /// @param revision how often it was moved
    record Watch(
            ConversationId conversation,
            AccountId account,
            String version,
            @Nullable Instant closesAt,
            @Nullable Instant dueAt,
            long revision) {}
}
