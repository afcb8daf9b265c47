package io.tributary.host.devices;

import io.tributary.host.accounts.Deliveries;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.media.Uploads;
import io.tributary.model.AccountId;
import java.util.function.BiConsumer;

/// What every socket is looked after with.
///
/// @param wires is told of an account's device whose session begins or ceases to take messages; it
///   is short
record Means(
        OpenAccounts accounts,
        DeviceRows rows,
        Deliveries deliveries,
        Uploads uploads,
        Followers followers,
        BiConsumer<AccountId, String> wires,
        DeviceLimits limits,
        DeviceFigures figures) {}
