/// How Twilio is spoken with, whatever is carried: signed requests in, requests with credentials
/// out, errors sorted.
@NullMarked
package io.tributary.twilio;

import org.jspecify.annotations.NullMarked;
