/// The stream and the conversations as agent apps see them: cursors, the hot tail, subscriptions,
/// claims.
@NullMarked
package io.tributary.host.agents;

import org.jspecify.annotations.NullMarked;
