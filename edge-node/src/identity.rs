//! Who this node is: key, certificate, enrolment, renewal.
