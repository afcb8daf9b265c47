package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.util.List;
import java.util.Optional;

/// Reads what plugins keep per account. What is over is not seen. Blocking, thread safe.
public interface PluginState {

    Optional<Entry> read(AccountId account, String key);

    List<Entry> list(AccountId account, String prefix);

    record Entry(String key, Bytes value, long version) {}
}
