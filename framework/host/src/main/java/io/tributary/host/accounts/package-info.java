/// Configured accounts: their settings checked and opened, their state, their health, and the
/// context that a plugin is given.
@NullMarked
package io.tributary.host.accounts;

import org.jspecify.annotations.NullMarked;
