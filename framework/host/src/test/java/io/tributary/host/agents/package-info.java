/// The stream and the conversations, over a real journal.
@NullMarked
package io.tributary.host.agents;

import org.jspecify.annotations.NullMarked;
