package io.tributary.host.accounts;

import io.tributary.model.ChannelId;
import java.util.List;
import java.util.Optional;

/// One channel alone, in a version that does not serve yet.
record OnlyChannel(Served served) implements Channels {

    @Override
    public Optional<Served> find(ChannelId id) {
        return served.descriptor().id().equals(id) ? Optional.of(served) : Optional.empty();
    }

    @Override
    public List<Served> all() {
        return List.of(served);
    }
}
