/// Whether the channel understands calls, and Twilio the channel.
@NullMarked
package io.tributary.voice.twilio;

import org.jspecify.annotations.NullMarked;
