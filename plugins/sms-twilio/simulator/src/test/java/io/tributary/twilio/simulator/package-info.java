/// Whether the stand-in for Twilio keeps Twilio's rules.
@NullMarked
package io.tributary.twilio.simulator;

import org.jspecify.annotations.NullMarked;
