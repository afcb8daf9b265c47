/// Whether the stand-in keeps the rules of the provider.
@NullMarked
package io.tributary.voice.twilio.simulator;

import org.jspecify.annotations.NullMarked;
