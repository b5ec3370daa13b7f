//! MQTT session, delivery, evidence upload, bundles and commands down.
