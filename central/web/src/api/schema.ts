// Generated from docs/openapi.json by `npm run api-types`; not to be edited.

export interface paths {
    "/api/v1/about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this program is. */
        get: operations["get_about"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One arrival. */
        get: operations["get_arrival"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/{id}/admit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody in. */
        post: operations["admit_arrival"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/{id}/alert-seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that an alert was seen. */
        post: operations["see_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/{id}/enrolled-picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The enrolled picture. */
        get: operations["get_enrolled_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/{id}/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture of whoever stands there. */
        get: operations["get_look"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/{id}/not-this-person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Not this person. */
        post: operations["not_this_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do not let somebody in. */
        post: operations["refuse_arrival"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that somebody is being looked into. */
        post: operations["verify_arrival"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrivals/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look into the access log. */
        post: operations["search_arrivals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A day of the audit log. */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check a day of the audit log. */
        get: operations["check_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every camera of the controller that ever reported. */
        get: operations["list_cameras"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{site}/{node}/{camera}/clear-still": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A clear picture of this moment. */
        post: operations["take_clear_still"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{site}/{node}/{camera}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines and zones of a camera. */
        get: operations["get_lines"];
        /** Draw a camera's lines and zones anew. */
        put: operations["set_lines"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{site}/{node}/{camera}/lines/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try lines on today's ways. */
        post: operations["try_lines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{site}/{node}/{camera}/still": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A pixelated picture of this moment. */
        post: operations["take_still"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts over time. */
        get: operations["get_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/outages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outages of nodes and cameras. */
        get: operations["list_outages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gates, and who stands there. */
        get: operations["list_gates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gates/{site}/{node}/{gate}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a door by hand. */
        post: operations["open_gate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gates/roll-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who was let in today. */
        post: operations["call_roll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Grants. */
        get: operations["list_grants"];
        put?: never;
        /** Ask for a grant. */
        post: operations["ask_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a grant. */
        post: operations["approve_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse a grant. */
        post: operations["refuse_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a grant back. */
        post: operations["withdraw_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest changes of shift. */
        get: operations["list_handovers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The hosts. */
        get: operations["list_hosts"];
        put?: never;
        /** Enter a host. */
        post: operations["enter_host"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hosts/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a host. */
        post: operations["end_host"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hosts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look for a host. */
        post: operations["search_hosts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens now. */
        get: operations["stream_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every node of the controller. */
        get: operations["list_nodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The OpenAPI document. */
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passes/{passage_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One passage. */
        get: operations["get_pass"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passes/{passage_id}/correct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct a reading. */
        post: operations["correct_pass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passes/{passage_id}/evidence/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of a passage. */
        get: operations["get_pass_evidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passes/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a search along as a file. */
        post: operations["export_passes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passes/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The register of exports. */
        get: operations["list_exports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passes/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look for vehicles. */
        post: operations["search_passes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Enrolments. */
        get: operations["list_people"];
        put?: never;
        /** Propose a person. */
        post: operations["propose_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a proposal. */
        post: operations["approve_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The certificate of a withdrawal. */
        get: operations["get_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/pass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue a gate pass. */
        post: operations["issue_pass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse a proposal. */
        post: operations["reject_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a person. */
        post: operations["withdraw_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import people. */
        post: operations["import_people"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plate-alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts of a place. */
        get: operations["list_plate_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plate-alerts/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that an alert was seen. */
        post: operations["see_plate_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plate-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries of lists. */
        get: operations["list_plate_lists"];
        put?: never;
        /** Propose an entry. */
        post: operations["propose_list_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plate-lists/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve an entry. */
        post: operations["approve_list_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plate-lists/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse an entry. */
        post: operations["refuse_list_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plate-lists/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an entry back. */
        post: operations["withdraw_list_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retention. */
        get: operations["get_retention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/retention/{data_class}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set how long a class of data is kept. */
        put: operations["set_retention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. */
        get: operations["get_session"];
        put?: never;
        /** Sign in. */
        post: operations["create_session"];
        /** Sign out. */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand the desk over. */
        post: operations["hand_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lock the screen. */
        post: operations["lock_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password. */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set one's own PIN. */
        post: operations["set_pin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a second factor. */
        post: operations["begin_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/totp/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put the second factor in force. */
        post: operations["confirm_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open the screen. */
        post: operations["unlock_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every place of the controller. */
        get: operations["list_sites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suspicions of one state. */
        get: operations["list_suspicions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One suspicion. */
        get: operations["get_suspicion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a suspicion to an officer. */
        post: operations["assign_suspicion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm a suspicion. */
        post: operations["confirm_suspicion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/{id}/evidence/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of a suspicion. */
        get: operations["get_suspicion_evidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/{id}/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the notice was sent. */
        post: operations["note_notice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject a suspicion. */
        post: operations["reject_suspicion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave a suspicion. */
        post: operations["release_suspicion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a suspicion, or keep it. */
        post: operations["take_suspicion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What expires, who does how much, what is rejected. */
        get: operations["get_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/reject-many": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject many suspicions. */
        post: operations["reject_suspicions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions/take-next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the next free suspicion. */
        post: operations["take_next_suspicion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts. */
        get: operations["list_users"];
        put?: never;
        /** Add an account. */
        post: operations["add_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lock an account. */
        post: operations["lock_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset an account's password. */
        post: operations["reset_user_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set an account's roles. */
        post: operations["set_user_roles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open sessions of an account. */
        get: operations["list_user_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/sessions/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End sessions of an account. */
        post: operations["end_user_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unlock an account. */
        post: operations["unlock_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/capacities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a capacity. */
        post: operations["set_visitor_capacity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of what was typed in. */
        get: operations["list_visitor_entries"];
        put?: never;
        /** Type in a figure. */
        post: operations["enter_visitors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A month as an Excel file. */
        post: operations["export_visitors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of visitors. */
        get: operations["get_visitor_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/freezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Freeze a month. */
        post: operations["freeze_visitors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/gates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name a gate, or add one without a camera. */
        post: operations["name_visitor_gate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The holidays. */
        get: operations["list_visitor_holidays"];
        put?: never;
        /** Set a holiday. */
        post: operations["set_visitor_holiday"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A place now. */
        get: operations["get_visitors_now"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The places of the tourism office. */
        get: operations["list_visitor_places"];
        put?: never;
        /** Name a place, or add one without cameras. */
        post: operations["name_visitor_place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A month of visitors. */
        get: operations["get_visitor_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is there. */
        get: operations["list_visits"];
        put?: never;
        /** Write a visitor into the book. */
        post: operations["register_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One visit. */
        get: operations["get_visit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}/admit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a visitor in. */
        post: operations["admit_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}/call-host": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that the host is called. */
        post: operations["call_host"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}/host-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note the host's answer. */
        post: operations["note_host_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that a visitor left. */
        post: operations["leave_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do not let a visitor in. */
        post: operations["refuse_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/print": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Print the visitors' book of a day. */
        post: operations["print_visits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look into the visitors' book. */
        post: operations["search_visits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The watch list. */
        get: operations["list_watch"];
        put?: never;
        /** Propose a watch entry. */
        post: operations["propose_watch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watch/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a proposal. */
        post: operations["approve_watch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watch/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw an entry. */
        post: operations["withdraw_watch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answers `ok`. */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What this program is. */
        AboutView: {
            /** @description What is built in. */
            built_in: components["schemas"]["BuiltIn"][];
            /** @description The commit, where the build was told it (`CHILANG_COMMIT`). */
            commit?: string | null;
            /** @description Its own licence. */
            licence: string;
            /** @description Its version. */
            version: string;
        };
        /** @description What a door did. */
        ActView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description `admit` or `decision`. */
            cause: string;
            /** @description Which. */
            decision?: string | null;
            /** @description `opened`, `accepted`, `refused`, `unreachable`, `timed_out`, `too_late`, `busy`, `no_door`. */
            outcome: string;
            /** @description The door is a simulator. */
            simulated: boolean;
        };
        /** @description An account. */
        AddUser: {
            /** @description Its name: 2 to 40 of a-z, 0-9, '.' and '-'. */
            name: string;
            /** @description Its roles at the controller of this request. */
            roles: components["schemas"]["Role"][];
        };
        /** @description The word. */
        AdmitVisit: {
            /** @description The badge handed out now, at most 40 characters. */
            badge?: string | null;
            /** @description Why, 5 to 300 characters; needed unless the host expects the visitor. */
            reason?: string | null;
            /**
             * Format: int64
             * @description `revision` of the visit on the screen.
             */
            revision: number;
        };
        /** @description The alert as it stood on the screen. */
        AlertSeen: {
            /**
             * Format: int64
             * @description `tailgaters` of the alert.
             */
            tailgaters: number;
            /**
             * Format: int64
             * @description `unknown_acts` of the alert.
             */
            unknown_acts: number;
        };
        /** @description People who followed through, or a door that acted on a decision nobody here made. */
        AlertView: {
            /** @description The arrival. */
            arrival: string;
            /** @description When it was seen last. */
            at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description People who went through beyond those let in.
             */
            tailgaters: number;
            /**
             * Format: int64
             * @description Acts of the door that nobody here decided.
             */
            unknown_acts: number;
        };
        /** @description A permit, out of the list of allowed plates. */
        AllowedNote: {
            /** @description The entry. */
            entry_id: string;
            /** @description When it ends. */
            expires_at: components["schemas"]["Moment"];
            /** @description The unit, and who there answers for it. */
            keeper: string;
            /** @description Why. */
            reason: string;
        };
        /** @description For how long. */
        ApproveGrant: {
            /**
             * Format: int64
             * @description Days it lives, 1..7; 7 if not given.
             */
            days?: number | null;
        };
        /** @description Nothing more is said: an entry is approved as it was proposed. */
        ApproveListEntry: Record<string, never>;
        /** @description An arrival in full. */
        ArrivalDetail: components["schemas"]["ArrivalView"] & {
            /** @description What doors did, in order. */
            acts: components["schemas"]["ActView"][];
            /** @description What must always stand beside a likeness. */
            caution: string;
            /** @description What guards decided, and who looked into it; in order. */
            decisions: components["schemas"]["DecidedView"][];
            person?: components["schemas"]["PersonView"] | null;
        };
        /** @description A page of arrivals, newest first. */
        ArrivalPage: {
            /** @description The arrivals. */
            items: components["schemas"]["ArrivalView"][];
            /** @description Cursor of the next page. */
            next?: string | null;
        };
        /** @description What is looked for. */
        ArrivalSearch: {
            /** @description `next` of the page before. */
            cursor?: string | null;
            /** @description First moment, RFC 3339. */
            from: string;
            /** @description One gate. */
            gate?: string | null;
            /**
             * Format: int64
             * @description Rows of a page, 1..200; 50 if not given.
             */
            limit?: number | null;
            /** @description Why: 5 to 300 characters. It stands in the audit log. */
            reason: string;
            /** @description One place. */
            site: string;
            /** @description Moment after the last, RFC 3339; at most 24 hours later. */
            to: string;
            /** @description `admit` or `verify`. */
            verdict?: string | null;
        };
        /** @description Somebody at a gate. Never a name. */
        ArrivalView: {
            /** @description A door says that it acted on a decision nobody here made: look at it at once. */
            alarm: boolean;
            /** @description The camera. */
            camera: string;
            /** @description Why it ended. */
            end?: string | null;
            /** @description First seen. */
            first_seen: components["schemas"]["Moment"];
            /** @description The gate. */
            gate: string;
            /** @description The passage. */
            id: string;
            /** @description Last seen. */
            last_seen: components["schemas"]["Moment"];
            /** @description Face or picture of a face. */
            liveness?: string | null;
            /** @description Hash of the picture the node holds in memory; to be quoted when deciding. */
            look?: string | null;
            /** @description Somebody enrolled or watched is named. */
            named: boolean;
            /** @description The node. */
            node: string;
            /** @description Why a person has to decide. */
            reasons: string[];
            /** @description In words. */
            reasons_text: string[];
            /** @description Made from a file. */
            replayed: boolean;
            /**
             * Format: int64
             * @description To be quoted when deciding.
             */
            revision: number;
            /** @description The place. */
            site: string;
            /** @description `new`, `update`, `final`, `retracted`. */
            state: string;
            /** @description `person`, or `door` for one that is opened by hand. */
            subject: string;
            /** @description How sure a likeness is. */
            sureness?: string | null;
            /**
             * Format: int64
             * @description People who went through beyond those let in.
             */
            tailgaters: number;
            /** @description The machine's answer: `admit` or `verify`. */
            verdict?: string | null;
            /** @description A request is outstanding: the door can be opened from here. */
            waits: boolean;
        };
        /** @description What is asked for. */
        AskGrant: {
            /**
             * Format: uuid
             * @description The suspicion's case; its plate is what may be looked for.
             */
            case_id: string;
            /** @description First moment, RFC 3339. */
            from: string;
            /** @description Why, 5 to 300 characters. */
            reason: string;
            /** @description One to twenty places of this body. */
            sites: string[];
            /** @description Moment after the last, RFC 3339; at most 7 days later. */
            to: string;
        };
        /** @description To whom. */
        Assign: {
            /** @description The officer's account; null takes the case back. */
            officer?: string | null;
        };
        /** @description A case that was given to an officer. */
        AssignedView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description The leader. */
            by: string;
            /** @description It is whoever asks. */
            mine: boolean;
            /** @description The officer. */
            to: string;
        };
        /** @description A page of the audit log, oldest first. */
        AuditPage: {
            /** @description What does not hold in the chain of this day, in words; empty when it holds. First page only. */
            chain_faults: string[];
            /** @description The records. */
            items: components["schemas"]["AuditView"][];
            /** @description Cursor of the next page. */
            next?: string | null;
        };
        /** @description A record. */
        AuditView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Its hash. */
            hash: string;
            /** @description The record, as hashed. */
            record: unknown;
            /**
             * Format: int64
             * @description Its number in the day.
             */
            seq: number;
        };
        /** @description Which share of the time a camera was at work. */
        Availability: {
            /** @description The camera. */
            camera: string;
            /** @description The node. */
            node: string;
            /**
             * Format: double
             * @description 0..1 of the time in which anything is known; null when nothing is. Time switched off on purpose counts neither way.
             */
            share?: number | null;
            /** @description The place. */
            site: string;
        };
        /** @description What figures are held against. */
        Before: {
            /** @description First day. */
            first_day: string;
            /** @description Last day. */
            last_day: string;
            total?: components["schemas"]["FigureView"] | null;
        };
        /** @description One bucket. */
        BucketView: {
            /**
             * Format: double
             * @description Analysed time over wall time, 0..1.
             */
            coverage: number;
            /**
             * Format: int64
             * @description In neither.
             */
            doubtful?: number | null;
            /**
             * Format: int64
             * @description Crossings from left to right; null is missing data, not zero.
             */
            in?: number | null;
            /** @description *Thiếu dữ liệu* when nothing or not everything was watched; null when all was. */
            note?: string | null;
            /**
             * Format: int64
             * @description Crossings from right to left.
             */
            out?: number | null;
            /** @description Its start. */
            start: components["schemas"]["Moment"];
        };
        /** @description A package of others. */
        BuiltIn: {
            /** @description Its licence, SPDX. */
            licence: string;
            /** @description Its name. */
            name: string;
            /** @description `service` or `console`. */
            part: string;
            /** @description Its version. */
            version: string;
        };
        /** @description A published bundle. */
        BundleView: {
            /** @description Which. */
            kind: string;
            /**
             * Format: int64
             * @description Its newest revision.
             */
            revision: number;
        };
        /** @description Whom. */
        CallHost: {
            /**
             * Format: uuid
             * @description Another one of the list than the visit names; the visit is to that one from then on.
             */
            host_id?: string | null;
            /**
             * Format: int64
             * @description `revision` of the visit on the screen.
             */
            revision: number;
        };
        /** @description Lines and zones of a camera. */
        CameraLines: {
            /** @description What the lines count: `persons` or `vehicles`. */
            counts: string;
            /** @description Can they be changed here? */
            editable: boolean;
            /** @description The lines. */
            lines: components["schemas"]["LineView"][];
            /**
             * Format: int64
             * @description The revision the node says it has in force; null until it has said so.
             */
            node_revision?: number | null;
            /**
             * Format: int64
             * @description The newest revision of the node's rules; to be quoted when they are changed.
             */
            revision: number;
            /** @description Why not, in words. */
            why_not?: string | null;
            /** @description The zones: the ground before each gate. */
            zones: components["schemas"]["ZoneView"][];
        };
        /** @description Every camera of the controller. */
        CameraList: {
            /** @description The cameras. */
            items: components["schemas"]["CameraView"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description A camera. */
        CameraView: {
            /** @description Its name. */
            camera: string;
            /**
             * Format: int64
             * @description How far the camera's time may be wrong, milliseconds, as the node says.
             */
            clock_error_ms?: number | null;
            /**
             * Format: int64
             * @description Milliseconds from when this was said, by the camera's clock, until the centre had it; null where that is not known any more.
             */
            lag_ms?: number | null;
            /** @description Its node. */
            node: string;
            /** @description Why, in the node's words. */
            reason: string;
            /** @description When this was said. */
            reported_at: components["schemas"]["Moment"];
            /** @description Since when. */
            since: components["schemas"]["Moment"];
            /** @description Its site. */
            site: string;
            /** @description `starting`, `online`, `offline`, `disabled`, or `unknown` while its node is away. */
            state: string;
            /** @description In words. */
            state_text: string;
            /** @description Figures since the report before. */
            stream: unknown;
            /** @description `dark`, `frozen`, `moved`. */
            view: unknown;
        };
        /** @description The exact text and the signature over it. */
        CertificateView: {
            /** @description JSON of the certificate, exactly as signed. */
            document: string;
            /** @description `ed25519;<key id>;<base64>` over these bytes, by the key in `authority/bundle.pub`. */
            signature: string;
        };
        /** @description Two passwords. */
        ChangePassword: {
            /** @description The one in force. */
            current: string;
            /** @description The one that is to be. */
            new: string;
        };
        /** @description What came of it. */
        CheckView: {
            /** @description The day. */
            day: string;
            /** @description What does not hold, in words; empty when all of it does. */
            faults: string[];
            /**
             * Format: int64
             * @description How many records it has.
             */
            records: number;
            /** @description `signed`: it ends as its signed root says; `differs`: it does not; `open`: no root yet, the day is not over or not sealed. */
            root: string;
        };
        /** @description Why. */
        ClearWanted: {
            /** @description What it is needed for, 5 to 200 characters; it stands in the audit log. */
            purpose: string;
        };
        /** @description A time that will be in force. */
        ComingView: {
            /** @description Who said so. */
            by: string;
            /**
             * Format: int64
             * @description How many days.
             */
            days: number;
            /** @description From then on. */
            from: components["schemas"]["Moment"];
            /** @description Why. */
            reason: string;
        };
        /** @description What the officer looked at. */
        Confirm: {
            /** @description The names of all items of its checklist: the officer states each of them. */
            checklist: string[];
            /**
             * Format: int64
             * @description `revision` of the suspicion on the screen.
             */
            revision: number;
            /** @description The hashes of all its pictures. */
            seen: string[];
        };
        /** @description A code. */
        ConfirmTotp: {
            /** @description The one-time code of this moment, six digits. */
            code: string;
        };
        /** @description What stands there. */
        Correct: {
            /**
             * Format: int64
             * @description `correction.number` on the screen; 0 while there is none.
             */
            after: number;
            /** @description The whole plate. */
            plate: string;
            /** @description Why the machine's reading is wrong, 5 to 200 characters. */
            reason: string;
        };
        /** @description What a person read on a plate. */
        CorrectionView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who. */
            by: string;
            /** @description Canonical key. */
            key: string;
            /**
             * Format: int64
             * @description The first of a passage is 1; to be quoted when correcting again.
             */
            number: number;
            /** @description Why. */
            reason: string;
            /** @description As the person wrote it. */
            text: string;
        };
        /** @description Counts of each line. */
        Counts: {
            /** @description One entry a line that reported at all within the time. */
            lines: components["schemas"]["LineCounts"][];
            /** @description What *in* and *out* mean, for the foot of a report. */
            method: string;
            /** @description The place. */
            site: string;
            /** @description How long a bucket is. */
            step: components["schemas"]["Step"];
        };
        /**
         * @description Which clock.
         * @enum {string}
         */
        DeadlineKind: "notice" | "warning" | "limitation";
        /** @description A clock. */
        DeadlineView: {
            /**
             * Format: int64
             * @description Whole days left.
             */
            days_left: number;
            /** @description When it runs out. */
            due_at: components["schemas"]["Moment"];
            /** @description Which. */
            kind: components["schemas"]["DeadlineKind"];
            /** @description In words. */
            text: string;
            /** @description How near. */
            urgency: components["schemas"]["Urgency"];
        };
        /** @description What a guard decided. */
        DecidedView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description The guard. */
            by: string;
            /** @description Its id. */
            id: string;
            /** @description Free note. */
            note?: string | null;
            /** @description Why. */
            reason?: string | null;
            /** @description `admit`, `refuse`, `not_this_person`, `open`, or `verifying`: no decision, but who looked into it. */
            verdict: string;
        };
        /** @description A decision. */
        DecisionView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description The officer. */
            by: string;
            /** @description What the officer stated, and by which rule; confirmations only. */
            checked: string[];
            /** @description Free note. */
            note?: string | null;
            /** @description Why; rejections only. */
            reason?: string | null;
            /** @description Why, in words. */
            reason_text?: string | null;
        };
        /** @description Which sessions. */
        EndSessions: {
            /**
             * Format: uuid
             * @description This one; left out: all.
             */
            session?: string | null;
        };
        /** @description An enrolment. */
        EnrolmentView: {
            /** @description On what it rests. */
            basis: string;
            /** @description Day of the consent. */
            consent_on?: string | null;
            /** @description `site/node/gate`. */
            gates: string[];
            /** @description Its id. */
            id: string;
            /** @description May whoever asks approve it? Who proposed may not. */
            may_approve: boolean;
            /** @description Name; null once it was deleted. */
            name?: string | null;
            /** @description The person. */
            person: string;
            /** @description When. */
            proposed_at: components["schemas"]["Moment"];
            /** @description Who proposed. */
            proposed_by: string;
            /** @description `proposed`, `approved`, … */
            state: string;
            /** @description In words. */
            state_text: string;
            /** @description Unit. */
            unit?: string | null;
            /** @description First moment. */
            valid_from: components["schemas"]["Moment"];
            /** @description Moment it ends. */
            valid_to: components["schemas"]["Moment"];
        };
        /** @description A host. */
        EnterHost: {
            /** @description Department, 2 to 120 characters. */
            department: string;
            /** @description Name, 2 to 80 characters. */
            name: string;
            /** @description Telephone: digits and what stands between them, at most 30 characters. */
            phone?: string | null;
            /** @description Room, at most 40 characters. */
            room?: string | null;
            /** @description Places of this body; one at least. */
            sites: string[];
        };
        /** @description A figure. */
        EnterVisitors: {
            /** @description The gate. */
            gate: string;
            /**
             * Format: int64
             * @description In; null takes the figure back, so that what was counted stands again.
             */
            in?: number | null;
            /**
             * Format: int64
             * @description Out. Needed where a camera counted both on that day.
             */
            out?: number | null;
            /** @description A day (`yyyy-mm-dd`) that has begun, or a month (`yyyy-mm`) that is over. */
            period: string;
            /** @description Why. */
            reason: string;
            /** @description The place. */
            site: string;
            /**
             * Format: int64
             * @description The version that was seen; 0 for none.
             */
            version: number;
        };
        /** @description An error. */
        ErrorBody: {
            /** @description For programs: stable, snake_case. */
            code: string;
            /** @description Every fault of what was sent, where there are several; left out otherwise. */
            faults?: components["schemas"]["FaultView"][];
            /** @description For people, Vietnamese. */
            message: string;
        };
        /** @description The envelope of every error. */
        ErrorEnvelope: {
            /** @description The error. */
            error: components["schemas"]["ErrorBody"];
        };
        /** @description A page of the register, newest first. */
        ExportPage: {
            /** @description The exports. */
            items: components["schemas"]["ExportView"][];
            /** @description Cursor of the next page. */
            next?: string | null;
        };
        /** @description What is wanted, and why. */
        ExportRequest: {
            /** @description Which kind of file. */
            format: components["schemas"]["FileFormat"];
            /** @description First moment, RFC 3339. */
            from: string;
            /** @description A whole plate. */
            key?: string | null;
            /** @description The last five characters of a plate. */
            last5?: string | null;
            /** @description Why, 5 to 300 characters. */
            reason: string;
            /** @description One place. */
            site: string;
            /** @description Moment after the last, RFC 3339; at most 24 hours later. */
            to: string;
        };
        /** @description A file that left. */
        ExportView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who. */
            by: string;
            /** @description Its id; it stands in the file's name and in the file. */
            export_id: string;
            /** @description `csv` or `xlsx`. */
            format: string;
            /** @description First moment. */
            from: components["schemas"]["Moment"];
            /** @description Why. */
            reason: string;
            /**
             * Format: int64
             * @description How many rows.
             */
            rows: number;
            /** @description Hash of the file. */
            sha256: string;
            /** @description The place. */
            site: string;
            /** @description Moment after the last. */
            to: components["schemas"]["Moment"];
        };
        /** @description Which month. */
        ExportVisitors: {
            /** @description `yyyy-mm`. */
            month: string;
            /** @description What for. */
            reason: string;
        };
        /** @description One fault of what was sent. */
        FaultView: {
            /** @description The same in English. */
            en: string;
            /** @description Where: `lines[0].points`. */
            key: string;
            /** @description What is wrong and what to do, Vietnamese. */
            vi: string;
        };
        /** @description A figure with how sure it is. */
        FigureView: {
            /**
             * Format: double
             * @description Watched time over the time that should have been watched, 0..1, of what was counted automatically; null where no camera
             *     should have watched.
             */
            coverage?: number | null;
            /**
             * Format: int64
             * @description Days that are over or have begun.
             */
            days: number;
            /**
             * Format: int64
             * @description Of which a person typed the figure in.
             */
            days_by_hand: number;
            /**
             * Format: int64
             * @description Of which nothing is known.
             */
            days_missing: number;
            /**
             * Format: int64
             * @description Crossings inwards (*lượt vào*); null is missing data, never zero.
             */
            in?: number | null;
            /** @description It is a minimum: not everything was watched, or a day is not known. */
            lacks: boolean;
            machine?: components["schemas"]["InOut"] | null;
            method?: components["schemas"]["Method"] | null;
            /**
             * Format: int64
             * @description Crossings outwards.
             */
            out?: number | null;
            supplement?: components["schemas"]["InOut"] | null;
        };
        /**
         * @description Which kind of file.
         * @enum {string}
         */
        FileFormat: "csv" | "xlsx";
        /** @description A first password: in this answer and nowhere else. */
        FirstPassword: {
            /** @description The account. */
            id: string;
            /** @description Its name. */
            name: string;
            /** @description Good for signing in, after which another has to be chosen. */
            password: string;
        };
        /** @description A month to be frozen. */
        FreezeVisitors: {
            /** @description `yyyy-mm`. */
            month: string;
            /** @description `sha256` of the report on the screen: only what was looked at is signed. */
            sha256: string;
            /** @description The signer's name, as it is to stand under the report. */
            signed_name: string;
            /** @description The signer's office. */
            signed_title: string;
        };
        /** @description A frozen month. */
        FrozenView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description The account. */
            by: string;
            /** @description The month, `yyyy-mm`. */
            month: string;
            /** @description The hash of the report as it was. */
            sha256: string;
            /** @description Who signed. */
            signed_name: string;
            /** @description In which office. */
            signed_title: string;
        };
        /**
         * @description How full a place is against its capacity.
         * @enum {string}
         */
        Fullness: "free" | "filling" | "nearly_full" | "full";
        /** @description A gallery that was made anew. */
        GalleryView: {
            /** @description `site/node`. */
            node: string;
            /**
             * Format: int64
             * @description Its revision.
             */
            revision: number;
        };
        /** @description A range that is missing. */
        Gap: {
            /**
             * Format: int64
             * @description First number.
             */
            from: number;
            /**
             * Format: int64
             * @description Last number, included.
             */
            to: number;
        };
        /** @description How a gate's camera is. */
        GateCamera: {
            /** @description Since when. */
            since: components["schemas"]["Moment"];
            /** @description `starting`, `online`, `offline`, `disabled`, or `unknown` while its node is away. */
            state: string;
            /** @description In words. */
            state_text: string;
            /** @description `dark`, `frozen`, `moved`. */
            view: unknown;
        };
        /** @description What a decision came to. */
        GateDecisionView: {
            /** @description `sent`, `no_request`, `no_clock`, `not_sent`: is the word on its way to the node? */
            command: string;
            /** @description In words. */
            command_text: string;
            /** @description The decision. */
            decision: string;
        };
        /** @description Every gate of the controller. */
        GateList: {
            /** @description The gates, by place, node and name. */
            items: components["schemas"]["GateView"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description A pass, for its bearer alone. */
        GatePassView: {
            /** @description Galleries that were made anew at once. */
            galleries: components["schemas"]["GalleryView"][];
            /** @description The code as an SVG picture, to be printed or shown. */
            svg: string;
            /** @description What the code says. */
            text: string;
        };
        /** @description A gate over a time. */
        GateSeries: {
            /** @description Does it make the sum of the place? */
            adds_up: boolean;
            /** @description Does a camera count there? */
            by_camera: boolean;
            /** @description `node/camera/line`, or the name of a gate without a camera. */
            gate: string;
            /** @description One for each step. */
            steps: components["schemas"]["GateStep"][];
            /** @description All of it. */
            sum: components["schemas"]["FigureView"];
            /** @description What people call it. */
            title: string;
            /**
             * Format: int64
             * @description The newest version of what was typed in for the whole month, for the next change; 0 for none and for other times.
             */
            version: number;
        };
        /** @description A step of a gate. */
        GateStep: {
            /** @description Its figure. */
            figure: components["schemas"]["FigureView"];
            /**
             * Format: int64
             * @description The newest version of what was typed in, for the next change; 0 for none.
             */
            version: number;
        };
        /** @description A gate. */
        GateView: {
            /** @description What nobody has seen yet, of the last twelve hours, the latest first; also of arrivals that are over. */
            alerts: components["schemas"]["AlertView"][];
            /** @description Who stands there now, newest first; empty for the registrar, as is what follows. */
            arrivals: components["schemas"]["ArrivalView"][];
            /** @description Its camera. */
            camera: string;
            camera_now?: components["schemas"]["GateCamera"] | null;
            /** @description A face alone opens it. */
            face_alone: boolean;
            /** @description Its name. */
            gate: string;
            /** @description It has a door that can be opened. */
            has_door: boolean;
            /** @description The node. */
            node: string;
            /** @description Its node is connected. */
            node_online: boolean;
            /** @description The place. */
            site: string;
            /** @description What people call it. */
            title: string;
            /** @description Who of them is being looked into, and by which guard. */
            verifying: components["schemas"]["VerifyingView"][];
        };
        /** @description A page of grants, newest first. */
        GrantPage: {
            /** @description The grants. */
            items: components["schemas"]["GrantView"][];
            /** @description Cursor of the next page. */
            next?: string | null;
        };
        /** @description Why something is asked for, refused or taken back. */
        GrantReason: {
            /** @description Why, 5 to 300 characters. */
            reason: string;
        };
        /** @description A grant. */
        GrantView: {
            /** @description When. */
            asked_at: components["schemas"]["Moment"];
            /** @description Who asked. */
            asked_by: string;
            /** @description The case. */
            case_id: string;
            /** @description Its number. */
            case_number: string;
            decided_at?: components["schemas"]["Moment"] | null;
            /** @description Who decided. */
            decided_by?: string | null;
            /** @description Why it was refused. */
            decided_why?: string | null;
            expires_at?: components["schemas"]["Moment"] | null;
            /** @description First moment. */
            from: components["schemas"]["Moment"];
            /** @description Its id. */
            grant_id: string;
            /** @description May whoever asks approve or refuse it? */
            may_approve: boolean;
            /** @description May whoever asks search under it now? */
            may_use: boolean;
            /** @description The case's plate; null once the case is another one than when the grant was asked for, or has ended. */
            plate?: string | null;
            /** @description Why. */
            reason: string;
            /** @description The places. */
            sites: string[];
            /** @description `asked`, `granted`, `refused`, `withdrawn`, `expired`. */
            state: string;
            /** @description In words. */
            state_text: string;
            /** @description Moment after the last. */
            to: components["schemas"]["Moment"];
            withdrawn_at?: components["schemas"]["Moment"] | null;
            /** @description Who took it back. */
            withdrawn_by?: string | null;
            /** @description Why. */
            withdrawn_why?: string | null;
        };
        /** @description Who comes. */
        HandOver: {
            /** @description What the next guard has to know, at most 500 characters. */
            note?: string | null;
            /** @description The next guard's password. */
            password: string;
            /** @description The next guard's account. */
            user: string;
        };
        /** @description Changes of shift. */
        HandoverList: {
            /** @description The latest first. */
            items: components["schemas"]["HandoverView"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description A change of shift. */
        HandoverView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who went. */
            from: string;
            /** @description What the next guard had to know. */
            note?: string | null;
            /** @description Who came. */
            to: string;
            /**
             * Format: int64
             * @description How many people waited for a decision then.
             */
            waiting: number;
        };
        /** @description It stands. */
        HolidaySet: {
            /** @description Its id. */
            id: string;
            /**
             * Format: int64
             * @description The version it has now.
             */
            version: number;
        };
        /**
         * @description What a host said, or that nobody took the call.
         * @enum {string}
         */
        HostAnswer: "expected" | "not_expected" | "no_answer";
        /** @description Hosts, by name. */
        HostList: {
            /** @description The hosts. */
            items: components["schemas"]["HostView"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description Hosts of a place, by name. */
        HostsFound: {
            /** @description The hosts. */
            items: components["schemas"]["VisitHostView"][];
            /** @description Always null: whoever is not among fifty is looked for more closely. */
            next?: string | null;
        };
        /** @description A host as the registrar sees it. */
        HostView: {
            /** @description Department. */
            department: string;
            ended_at?: components["schemas"]["Moment"] | null;
            /** @description By whom. */
            ended_by?: string | null;
            /** @description When it was entered. */
            entered_at: components["schemas"]["Moment"];
            /** @description By whom. */
            entered_by: string;
            /** @description Its id. */
            host_id: string;
            /** @description Name. */
            name: string;
            /** @description Telephone. */
            phone?: string | null;
            /** @description Room. */
            room?: string | null;
            /** @description The places visitors may come to this host at. */
            sites: string[];
        };
        /** @description Hours of a week, in Vietnam. */
        Hours: {
            /** @description 1 = Monday … 7 = Sunday. */
            days: number[];
            /**
             * Format: int32
             * @description First minute of the day.
             */
            from_minute: number;
            /**
             * Format: int32
             * @description Minute it ends.
             */
            to_minute: number;
        };
        /** @description A spreadsheet, and which lines of it. */
        ImportPeople: {
            /**
             * Format: uuid
             * @description The import these lines belong to, as the first answer named it.
             */
            batch?: string | null;
            /** @description The file, base64. */
            file: string;
            /** @description At most ten; left out: the file is only read. */
            lines?: number[] | null;
            /** @description The file's name: its end says what it is, `.csv` or `.xlsx`. */
            name: string;
            /** @description The pictures these lines name. */
            pictures?: components["schemas"]["SentPicture"][];
        };
        /** @description A line of the file. */
        ImportRowView: {
            /** @description Its number, from 1; the first is that of the columns. */
            line: number;
            /** @description Pictures it names. */
            pictures: string[];
        };
        /** @description What came of it. */
        ImportView: {
            /** @description The import. */
            batch: string;
            /** @description Lines that were not taken. */
            faults: components["schemas"]["RowFaultView"][];
            /** @description Lines proposed now. */
            proposed: number;
            /** @description The lines, when the file was only read. */
            rows: components["schemas"]["ImportRowView"][];
            /** @description Lines that were there already. */
            skipped: number;
        };
        /** @description In and out. */
        InOut: {
            /**
             * Format: int64
             * @description In.
             */
            in?: number | null;
            /**
             * Format: int64
             * @description Out.
             */
            out?: number | null;
        };
        /** @description How many are inside: in less out since midnight. */
        InsideView: {
            /**
             * Format: int64
             * @description So many; never below none.
             */
            count: number;
            /**
             * Format: int64
             * @description By so many more left than came: what counting has drifted at least. 0 when it shows no drift.
             */
            drift: number;
            fullness?: components["schemas"]["Fullness"] | null;
            /** @description Something was not watched today: the number may be wrong by more. */
            lacks: boolean;
            /**
             * Format: int64
             * @description Per cent of the capacity.
             */
            per_cent?: number | null;
        };
        /** @description Somebody who was let in. */
        InView: {
            /** @description First let in today. */
            first: components["schemas"]["Moment"];
            /** @description Where, the last time. */
            gate: string;
            /** @description Last let in. */
            last: components["schemas"]["Moment"];
            /** @description Name. */
            name: string;
            /** @description Unit. */
            unit?: string | null;
        };
        /** @description Something an officer states to confirm. */
        ItemView: {
            /** @description To be sent. */
            item: string;
            /** @description In English. */
            text_en: string;
            /** @description To be shown. */
            text_vi: string;
        };
        /** @description Stored columns of one class that are kept equally long. */
        KeptView: {
            /** @description `technical`, `count`, `plate`, `picture`, `suspicion`, `account`, `secret`, `audit`, `identity`, `access`, `biometric`. */
            class: string;
            /**
             * Format: int32
             * @description How many days, where the rule has any.
             */
            days?: number | null;
            /** @description The database itself refuses every removal before this time. */
            guarded: boolean;
            /** @description `after_use`, `days`, `case_rule`, `enrolled`, `unlimited`. */
            rule: string;
            /** @description The tables. */
            tables: string[];
        };
        /** @description A case on somebody's screen. */
        LeaseView: {
            /** @description The officer. */
            by: string;
            /** @description It is whoever asks. */
            mine: boolean;
            /** @description Until when, unless it is renewed. */
            until: components["schemas"]["Moment"];
        };
        /** @description The end of a visit. */
        LeaveVisit: {
            /** @description Did the badge come back? Null where there was none. Stored as the step's reason, `badge_returned` or `badge_missing`. */
            badge_returned?: boolean | null;
            /**
             * Format: int64
             * @description `revision` of the visit on the screen.
             */
            revision: number;
        };
        /** @description A ledger. */
        LedgerView: {
            /**
             * Format: int64
             * @description Messages that came again.
             */
            duplicates: number;
            /** @description Ranges below it that are missing: neither here nor in quarantine. */
            gaps: components["schemas"]["Gap"][];
            /** @description When it was heard last. */
            last_heard_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Highest number heard.
             */
            last_seq: number;
            /** @description Its id. */
            log_id: string;
        };
        /** @description Counts of one line. */
        LineCounts: {
            /** @description In order; a bucket nobody reported is there, with nulls. */
            buckets: components["schemas"]["BucketView"][];
            /** @description The camera. */
            camera: string;
            /** @description `person` or `vehicle`. */
            class: string;
            /** @description The line. */
            line: string;
            /** @description The node. */
            node: string;
        };
        /** @description A line as drawn. */
        LineDrawn: {
            /** @description Its id: 1 to 40 of a-z, 0-9 and `-`. */
            id: string;
            /** @description What people call it, 1 to 80 characters. */
            name: string;
            /** @description Its two ends as shares of the picture. */
            points: number[][];
        };
        /** @description A drawing. */
        LinesDrawn: {
            /** @description All lines of the camera: one that is left out is taken away. */
            lines: components["schemas"]["LineDrawn"][];
            /** @description Why, 5 to 500 characters; it stands in the audit log. */
            reason: string;
            /**
             * Format: int64
             * @description `revision` of what was drawn on.
             */
            revision: number;
            /** @description The zones that were moved; one that is left out stays as it is. */
            zones?: components["schemas"]["ZoneDrawn"][];
        };
        /** @description The lines. */
        LinesToTry: {
            /** @description The lines, at most 32. */
            lines: components["schemas"]["LineDrawn"][];
        };
        /** @description A line. */
        LineView: {
            /** @description Its id. */
            id: string;
            /** @description What people call it. */
            name: string;
            /** @description Its two ends as shares of the picture, x to the right, y down. `in` goes from the left of first→second to its right. */
            points: number[][];
            /** @description What rests on it. */
            used_by: components["schemas"]["UsedByView"][];
        };
        /** @description An entry of a list. */
        ListEntry: {
            decided_at?: components["schemas"]["Moment"] | null;
            /** @description Who decided. */
            decided_by?: string | null;
            /** @description Why it was refused. */
            decided_why?: string | null;
            ended_at?: components["schemas"]["Moment"] | null;
            /** @description Who took it back. */
            ended_by?: string | null;
            /** @description Why. */
            ended_why?: string | null;
            /** @description Its id. */
            entry_id: string;
            /** @description When it ends by itself. */
            expires_at: components["schemas"]["Moment"];
            /** @description The unit, and who there answers for it. */
            keeper: string;
            /** @description `wanted` or `allowed`. */
            kind: string;
            /** @description May whoever asks approve or refuse it? */
            may_approve: boolean;
            /** @description The plate, as people write it. */
            plate: string;
            /** @description When. */
            proposed_at: components["schemas"]["Moment"];
            /** @description Who proposed it. */
            proposed_by: string;
            /** @description Why. */
            reason: string;
            /** @description The places. */
            sites: string[];
            /** @description `proposed`, `approved`, `refused`, `withdrawn`, `expired`. */
            state: string;
            /** @description In words. */
            state_text: string;
        };
        /** @description A page of entries, newest first. */
        ListEntryPage: {
            /** @description The entries. */
            items: components["schemas"]["ListEntry"][];
            /** @description Cursor of the next page. */
            next?: string | null;
        };
        /**
         * @description Which list.
         * @enum {string}
         */
        ListKind: "wanted" | "allowed";
        /** @description Why an entry is refused or taken back. */
        ListReason: {
            /** @description Why, 5 to 300 characters. */
            reason: string;
        };
        /**
         * @description How a figure came about.
         * @enum {string}
         */
        Method: "automatic" | "by_hand" | "both";
        /** @description A moment. */
        Moment: {
            /** @description `dd/mm/yyyy HH:MM:SS`, Asia/Ho_Chi_Minh. */
            text: string;
            /** @description RFC 3339, UTC. */
            utc: string;
        };
        /**
         * @description What an account has to do before it may do anything else.
         * @enum {string}
         */
        Must: "change_password" | "enrol_second_factor";
        /** @description A gate. */
        NameGate: {
            /** @description Does it make the sum of the place? Only what leads in from outside should. */
            adds_up: boolean;
            /** @description A line that counts there (`node/camera/line`), or the name of a gate without a camera: a-z, 0-9 and hyphens. */
            gate: string;
            /** @description The place. */
            site: string;
            /** @description What people call it. */
            title: string;
            /**
             * Format: int64
             * @description The version that was seen; 0 when nobody has called it anything.
             */
            version: number;
        };
        /** @description A place. */
        NamePlace: {
            /** @description Its name: a-z, 0-9 and hyphens. */
            site: string;
            /** @description What people call it. */
            title: string;
            /**
             * Format: int64
             * @description The version that was seen; 0 for a new one.
             */
            version: number;
        };
        /** @description What goes next. */
        NextView: {
            oldest?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description How many.
             */
            rows: number;
            /** @description As in the deletion log: `events`, `evidence`, … */
            what: string;
        };
        /** @description Every node of the controller. */
        NodeList: {
            /** @description The nodes. */
            items: components["schemas"]["NodeView"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description A node. */
        NodeView: {
            /** @description What it said of itself when it connected. */
            birth?: unknown;
            /** @description The newest bundle revisions published for it. */
            bundles_published: components["schemas"]["BundleView"][];
            ledger_alarm?: components["schemas"]["Moment"] | null;
            /** @description Its ledgers, the one heard last first. */
            ledgers: components["schemas"]["LedgerView"][];
            /** @description Its name. */
            node: string;
            /** @description Its messages in quarantine, by reason; `central quarantine list` says more. */
            quarantined: components["schemas"]["QuarantinedView"][];
            since?: components["schemas"]["Moment"] | null;
            /** @description Its site. */
            site: string;
            /** @description `online`, `offline`, `revoked`, or `unknown` when it is said to be connected and nothing came from it for three minutes. */
            state: string;
            /** @description In words. */
            state_text: string;
        };
        /** @description What was said. */
        NoteHostAnswer: {
            /** @description The answer. */
            answer: components["schemas"]["HostAnswer"];
            /** @description A free note, at most 300 characters. */
            note?: string | null;
            /**
             * Format: int64
             * @description `revision` of the visit on the screen.
             */
            revision: number;
        };
        /** @description That it was sent. */
        Notice: {
            /**
             * Format: int64
             * @description `revision` of the case on the screen.
             */
            revision: number;
            /** @description When it went out, RFC 3339: not before the confirmation, not in the future. */
            sent_at: string;
        };
        /** @description An officer's work. */
        OfficerView: {
            /**
             * Format: int64
             * @description Waiting suspicions given to them.
             */
            assigned: number;
            /**
             * Format: int64
             * @description Confirmed today.
             */
            confirmed_today: number;
            /**
             * Format: int64
             * @description Of these, due within three days.
             */
            expiring: number;
            /** @description The officer. */
            name: string;
            /**
             * Format: int64
             * @description On their screen now.
             */
            on_screen: number;
            /**
             * Format: int64
             * @description Rejected today.
             */
            rejected_today: number;
        };
        /** @description What the guard had on the screen. */
        OnScreen: {
            /**
             * Format: uuid
             * @description The latest decision on the screen: only whoever saw another guard's word may say otherwise.
             */
            decided?: string | null;
            /** @description `look` of the arrival. */
            look?: string | null;
            /** @description A free note, at most 500 characters. */
            note?: string | null;
            /**
             * Format: int64
             * @description `revision` of the arrival.
             */
            revision: number;
        };
        /** @description Why. */
        OpenByHand: {
            /** @description A free note; needed for `other`. */
            note?: string | null;
            /** @description The reason. */
            reason: components["schemas"]["OpenReason"];
        };
        /**
         * @description Why a door is opened by hand.
         * @enum {string}
         */
        OpenReason: "visitor" | "delegation" | "delivery" | "emergency" | "equipment_fault" | "without_face" | "other";
        /** @description A session. */
        OpenSessionView: {
            /** @description When it began. */
            began_at: components["schemas"]["Moment"];
            /** @description Its id, which is no secret. */
            id: string;
            /** @description When it was used last, to the minute. */
            last_seen_at: components["schemas"]["Moment"];
            /** @description It is the session of whoever asks. */
            this: boolean;
        };
        /** @description A page of outages. */
        OutagePage: {
            /** @description Of each camera, whatever the page. */
            availability: components["schemas"]["Availability"][];
            /** @description First moment looked at. */
            from: components["schemas"]["Moment"];
            /** @description The outages that touch this time, the latest first. */
            items: components["schemas"]["OutageView"][];
            /** @description Cursor of the next page. */
            next?: string | null;
            /** @description Moment after the last. */
            to: components["schemas"]["Moment"];
        };
        /** @description An outage. */
        OutageView: {
            /** @description When it began. */
            began_at: components["schemas"]["Moment"];
            /** @description The camera; null for the node itself. */
            camera?: string | null;
            ended_at?: components["schemas"]["Moment"] | null;
            /**
             * @description `node_offline`, `node_silent`; of a camera `offline`, `starting`, `no_report`, and `dark`, `frozen`, `moved`, joined by `+`
             *     where several hold.
             */
            kind: string;
            /** @description In words. */
            kind_text: string;
            /** @description The node. */
            node: string;
            /** @description The place. */
            site: string;
            /** @description In the node's own words. */
            words?: string | null;
        };
        /** @description A leader's page. */
        Overview: {
            /** @description By camera and rule. */
            cameras: components["schemas"]["RejectedShare"][];
            /** @description Decisions since then are counted in it. */
            counted_since: components["schemas"]["Moment"];
            /** @description Waiting suspicions whose notice is due within three days or overdue, the nearest first; 200 at most. */
            expiring: components["schemas"]["SuspicionView"][];
            /**
             * Format: int64
             * @description How many there are.
             */
            expiring_count: number;
            /** @description Everybody who may decide. */
            officers: components["schemas"]["OfficerView"][];
            /**
             * Format: int64
             * @description All that wait.
             */
            waiting: number;
        };
        /** @description A passage in full. */
        PassDetail: components["schemas"]["PassView"] & {
            /** @description The node's own words. */
            body: unknown;
            /** @description Its pictures. */
            evidence: components["schemas"]["Picture"][];
        };
        /** @description A page of passages, newest first. */
        PassPage: {
            /** @description The passages. */
            items: components["schemas"]["PassView"][];
            /** @description Cursor of the next page. */
            next?: string | null;
        };
        /** @description What is looked for. */
        PassSearchRequest: {
            /** @description `next` of the page before. */
            cursor?: string | null;
            /** @description First moment, RFC 3339; with a grant within its window, or left out. */
            from?: string | null;
            /**
             * Format: uuid
             * @description A grant: its case's plate is looked for at its places, in its window.
             */
            grant_id?: string | null;
            /** @description A whole plate; not with a grant. */
            key?: string | null;
            /** @description The last five characters of a plate; not with a grant. */
            last5?: string | null;
            /**
             * Format: int64
             * @description Rows of a page, 1..200; 50 if not given.
             */
            limit?: number | null;
            /** @description One place; with a grant one of its own, or left out. */
            site?: string | null;
            /** @description Moment after the last, RFC 3339; at most 24 hours later. With a grant within its window, or left out. */
            to?: string | null;
        };
        /** @description A passage. */
        PassView: {
            /** @description The camera. */
            camera: string;
            /** @description Kind of vehicle. */
            class: string;
            correction?: components["schemas"]["CorrectionView"] | null;
            /** @description Why it ended. */
            end?: string | null;
            /** @description First seen. */
            first_seen: components["schemas"]["Moment"];
            /** @description Last seen. */
            last_seen: components["schemas"]["Moment"];
            /** @description The node. */
            node: string;
            /** @description Its id. */
            passage_id: string;
            plate?: components["schemas"]["PlateView"] | null;
            /**
             * Format: int64
             * @description Highest revision heard.
             */
            revision: number;
            /** @description The place. */
            site: string;
            /** @description `new`, `update`, `final`. */
            state: string;
            /** @description The plate could not be read. */
            unreadable: boolean;
        };
        /** @description A page of enrolments. */
        PeopleList: {
            /** @description The enrolments. */
            items: components["schemas"]["EnrolmentView"][];
            /** @description For `after`; null at the end. */
            next?: string | null;
        };
        /**
         * @description How long.
         * @enum {string}
         */
        PeriodKind: "day" | "week" | "month" | "year" | "holiday";
        /** @description Somebody on a list. */
        PersonView: {
            /** @description `enrolled` or `watch`. */
            list: string;
            /** @description Name, or what the desk has to know. */
            name: string;
            /** @description Unit, or on what the entry rests. */
            unit?: string | null;
        };
        /** @description A picture that belongs to a passage or a case. */
        Picture: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description When that frame was captured. */
            captured_at: components["schemas"]["Moment"];
            /** @description What it shows: `frame`, `plate_crop`, `before`, `after`. */
            role: string;
            /** @description Its hash, as made on the node. */
            sha256: string;
            /** @description `stored` when it can be fetched here. */
            state: string;
        };
        /** @description What a picture was worth. */
        PictureView: {
            /** @description Good enough. */
            good: boolean;
            /** @description Its number, from 1. */
            number: number;
            /** @description Why not, Vietnamese. */
            words: string[];
        };
        /** @description An alert. */
        PlateAlert: {
            /** @description Its id. */
            alert_id: string;
            /** @description When the vehicle was there. */
            at: components["schemas"]["Moment"];
            /** @description The camera. */
            camera: string;
            /** @description The entry of the list. */
            entry_id: string;
            /** @description The unit, and who there answers for it. */
            keeper: string;
            /** @description The node. */
            node: string;
            /** @description The passage; reading it is a look-up of its own. */
            passage_id: string;
            /** @description The entry's plate, as people write it. */
            plate: string;
            /** @description Why it is wanted. */
            reason: string;
            seen_at?: components["schemas"]["Moment"] | null;
            /** @description Who said first that it was seen. */
            seen_by?: string | null;
            /** @description The place. */
            site: string;
            /** @description False: the node has read another plate since, or taken the passage back. */
            still_read: boolean;
        };
        /** @description Alerts of a place. */
        PlateAlertPage: {
            /** @description The alerts of the place: unseen first, then newest first. */
            items: components["schemas"]["PlateAlert"][];
            /** @description Always null: there is no more than the last day. */
            next?: string | null;
            /** @description The body's places with alerts that nobody has seen, this one among them. */
            unseen: components["schemas"]["UnseenAlerts"][];
        };
        /** @description A plate as read. A reading is a suggestion until a person confirms it. */
        PlateView: {
            /** @description Grammar class. */
            class?: string | null;
            /** @description Background. */
            colour?: string | null;
            /**
             * Format: double
             * @description 0..1, uncalibrated.
             */
            confidence?: number | null;
            /** @description Country and kind. */
            country_class?: string | null;
            /** @description Canonical key. */
            key: string;
            /** @description As people write it. */
            text: string;
        };
        /** @description Which day. */
        PrintVisits: {
            /** @description One day, `yyyy-mm-dd`. */
            day: string;
            /** @description Why: 5 to 300 characters. It stands in the audit log. */
            reason: string;
            /** @description One place. */
            site: string;
            /** @description As in a search. */
            text?: string | null;
        };
        /** @description A person. */
        Propose: {
            /** @description The consent's or the decision's own words: number, office. */
            basis: string;
            /** @description Day of the consent, `yyyy-mm-dd`; left out where a law is the basis. */
            consent_on?: string | null;
            /** @description `site/node/gate`. */
            gates: string[];
            /** @description When; left out: at all hours. */
            hours?: components["schemas"]["Hours"][];
            /** @description Name. */
            name: string;
            /** @description One to five JPEG or PNG files, base64. */
            pictures: string[];
            /** @description Unit. */
            unit?: string;
            /** @description First moment, RFC 3339; left out: now. */
            valid_from?: string | null;
            /** @description Moment it ends, RFC 3339. */
            valid_to: string;
        };
        /** @description What came of it. */
        ProposedView: {
            /** @description The enrolment. */
            id: string;
            /** @description The person. */
            person: string;
            /** @description What each picture was worth. */
            pictures: components["schemas"]["PictureView"][];
        };
        /** @description What is proposed. */
        ProposeListEntry: {
            /** @description When it ends, RFC 3339; 184 days ahead at most. A wanted entry of several places is approved for 7 days at most. */
            expires_at: string;
            /** @description The unit, and who there answers for it; 2 to 100 characters. */
            keeper: string;
            /** @description Which list. */
            kind: components["schemas"]["ListKind"];
            /** @description A whole plate, 4 to 12 letters and digits. */
            plate: string;
            /** @description Why, 5 to 300 characters. */
            reason: string;
            /** @description One to twenty places of this body. */
            sites: string[];
        };
        /** @description An entry. */
        ProposeWatch: {
            /** @description On what it rests. */
            basis: string;
            /** @description When it ends, RFC 3339; within half a year. */
            expires_at: string;
            /** @description `site/node/gate`. */
            gates: string[];
            /** @description What the desk has to know. */
            label: string;
            /** @description One to five JPEG or PNG files, base64. */
            pictures: string[];
        };
        /** @description Messages kept apart for one reason. */
        QuarantinedView: {
            /**
             * Format: int64
             * @description How many.
             */
            messages: number;
            /** @description Why. */
            reason: string;
        };
        /** @description A reason. */
        ReasonView: {
            /** @description To be sent. */
            reason: components["schemas"]["RejectionReason"];
            /** @description To be shown. */
            text: string;
        };
        /**
         * @description Why somebody is not let in.
         * @enum {string}
         */
        RefusalReason: "no_appointment" | "no_papers" | "papers_do_not_fit" | "outside_hours" | "not_expected" | "safety" | "other";
        /** @description Why. */
        Refuse: {
            /**
             * Format: uuid
             * @description The latest decision on the screen: only whoever saw another guard's word may say otherwise.
             */
            decided?: string | null;
            /** @description `look` of the arrival on the screen. */
            look?: string | null;
            /** @description A free note; needed for `other`. */
            note?: string | null;
            /** @description The reason. */
            reason: components["schemas"]["RefusalReason"];
            /**
             * Format: int64
             * @description `revision` of the arrival on the screen.
             */
            revision: number;
        };
        /** @description One that was not rejected. */
        RefusedOne: {
            /** @description Code of the error that rejecting it alone would give. */
            code: string;
            /** @description Which. */
            id: string;
        };
        /** @description Why. */
        RefuseVisit: {
            /** @description A free note, at most 300 characters; needed for `other`. */
            note?: string | null;
            /** @description The reason. */
            reason: components["schemas"]["RefusalReason"];
            /**
             * Format: int64
             * @description `revision` of the visit on the screen.
             */
            revision: number;
        };
        /** @description Who comes, what for, to whom. */
        RegisterVisit: {
            /**
             * Format: uuid
             * @description The arrival at a gate of this place.
             */
            arrival_id?: string | null;
            /** @description The badge handed out, at most 40 characters. */
            badge?: string | null;
            /**
             * Format: uuid
             * @description To whom, of the list of hosts of this place.
             */
            host_id?: string | null;
            /** @description To whom, by name, where the list has nobody; at most 80 characters. */
            host_name?: string | null;
            /** @description From where, at most 120 characters. */
            organisation?: string | null;
            /** @description What for, 2 to 200 characters. */
            purpose: string;
            /** @description The place. */
            site: string;
            /** @description Name, 2 to 80 characters. */
            visitor_name: string;
        };
        /** @description Why. */
        Reject: {
            /** @description A free note, at most 500 characters. */
            note?: string | null;
            /** @description The reason. */
            reason: components["schemas"]["RejectionReason"];
            /**
             * Format: int64
             * @description `revision` on the screen; when given, a case that changed since is not rejected.
             */
            revision?: number | null;
        };
        /** @description What became of them. */
        RejectedMany: {
            /** @description These were not. */
            refused: components["schemas"]["RefusedOne"][];
            /** @description These were rejected now. */
            rejected: string[];
        };
        /** @description How much of what a camera and a rule suspected was rejected. */
        RejectedShare: {
            /** @description The camera. */
            camera: string;
            /**
             * Format: int64
             * @description Decided.
             */
            decided: number;
            /** @description Fewer than twenty decisions: the share says little. */
            few: boolean;
            /** @description The node. */
            node: string;
            /**
             * Format: int64
             * @description Of these, rejected.
             */
            rejected: number;
            /** @description The rule. */
            rule: string;
            /**
             * Format: double
             * @description rejected / decided.
             */
            share: number;
            /** @description The place. */
            site: string;
            /** @description Code of the behaviour. */
            violation: string;
        };
        /**
         * @description Why there is no case here.
         * @enum {string}
         */
        RejectionReason: "plate_unreadable" | "priority_vehicle" | "directed_by_police" | "signal_fault" | "temporary_arrangement" | "duplicate" | "not_enough_evidence" | "wrong_recognition" | "military_or_foreign" | "outside_time";
        /** @description Which, and why. */
        RejectMany: {
            /** @description 1 to 200 suspicions. */
            ids: string[];
            /** @description The reason. */
            reason: components["schemas"]["RejectionReason"];
        };
        /** @description Nothing more is said. */
        Release: Record<string, never>;
        /** @description What became of it. */
        Released: {
            /** @description This session had it. */
            released: boolean;
        };
        /** @description A run that removed something. */
        RemovedView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description It belonged to no controller: sessions, tokens, accounts. */
            shared: boolean;
            /** @description How many of what, as the audit log has it. */
            what: string;
        };
        /** @description A gate in a report. */
        ReportGate: {
            /** @description Does it make the sum of the place? */
            adds_up: boolean;
            /** @description The gate. */
            gate: string;
            /** @description The month. */
            sum: components["schemas"]["FigureView"];
            /** @description What people call it. */
            title: string;
        };
        /** @description A place in a report. */
        ReportPlace: {
            /**
             * Format: int64
             * @description Its capacity.
             */
            capacity?: number | null;
            /** @description Its gates. */
            gates: components["schemas"]["ReportGate"][];
            /** @description The place. */
            site: string;
            so_far?: components["schemas"]["FigureView"] | null;
            /** @description What people call it. */
            title: string;
            total?: components["schemas"]["FigureView"] | null;
            year_before?: components["schemas"]["FigureView"] | null;
        };
        /** @description Retention. */
        RetentionView: {
            /** @description The registry's own times. */
            classes: components["schemas"]["KeptView"][];
            /** @description What the next run, within the hour, removes of this controller. */
            next: components["schemas"]["NextView"][];
            /**
             * Format: int32
             * @description A rejected case keeps its content this many days.
             */
            rejected_content_days: number;
            /**
             * Format: int32
             * @description And its bare record this many.
             */
            rejected_record_days: number;
            /** @description What was removed: of this controller, and of what belongs to none; newest first. */
            removed: components["schemas"]["RemovedView"][];
            /** @description By class: what holds at this body, within which bounds, by whose word. */
            settings: components["schemas"]["SettingView"][];
        };
        /**
         * @description What a person does for a controller. Held on the server, per controller; never taken from the client.
         * @enum {string}
         */
        Role: "desk" | "traffic_officer" | "traffic_leader" | "tourism" | "registrar" | "operator" | "administrator" | "auditor";
        /** @description A role at a controller. */
        RoleAt: {
            /** @description Whose data. */
            controller: string;
            /** @description As screens show it. */
            label: string;
            /** @description Which role. */
            role: components["schemas"]["Role"];
        };
        /** @description Who was let in today. */
        RollCall: {
            /** @description Until now. */
            at: components["schemas"]["Moment"];
            /** @description What it does not say. */
            caution: string;
            /**
             * Format: int64
             * @description Counted in over the doors' lines; null where no door has one.
             */
            counted_in?: number | null;
            /**
             * Format: int64
             * @description Counted out.
             */
            counted_out?: number | null;
            /**
             * Format: int64
             * @description How many times a guard let somebody in whose name is not known here.
             */
            let_in_by_guards: number;
            /**
             * Format: int64
             * @description How many times a door was opened by hand.
             */
            opened_by_hand: number;
            /** @description Enrolled people the machine let in, the latest first. */
            people: components["schemas"]["InView"][];
            /** @description Since the beginning of the day. */
            since: components["schemas"]["Moment"];
        };
        /** @description For which place, and why. */
        RollCallAsked: {
            /** @description Why: 5 to 300 characters. It stands in the audit log. */
            reason: string;
            /** @description The place. */
            site: string;
        };
        /** @description A line that was not taken. */
        RowFaultView: {
            /** @description Its number. */
            line: number;
            /** @description What is wrong, Vietnamese; names nobody. */
            words: string;
        };
        /** @description A rule as it was on the day of the act. */
        RuleView: {
            /** @description And English. */
            behaviour_en: string;
            /** @description The behaviour in short, Vietnamese: a summary, not the words of the instrument. */
            behaviour_vi: string;
            /** @description Code of the behaviour. */
            code: string;
            /**
             * Format: int64
             * @description Highest.
             */
            fine_max: number;
            /**
             * Format: int64
             * @description Least fine of a person, VND. The amount is decided by whoever may decide it.
             */
            fine_min: number;
            /** @description Instrument, article, clause, point. */
            legal_ref: string;
            /** @description What else the data say of it. */
            note?: string | null;
            /**
             * Format: int64
             * @description Points off the licence; null where another sanction takes their place.
             */
            points?: number | null;
            /** @description The words of the instrument; null where the data do not give them. */
            statute?: string | null;
            /** @description In force since. */
            valid_from: components["schemas"]["Moment"];
            valid_to?: components["schemas"]["Moment"] | null;
        };
        /** @description A version was given. */
        Said: {
            /**
             * Format: int64
             * @description The version it has now; to be quoted with the next change.
             */
            version: number;
        };
        /** @description Whom. */
        SearchHosts: {
            /** @description The place. */
            site: string;
            /** @description What stands in name or department; accents make no difference. Empty: everybody, at most 50. */
            text: string;
        };
        /** @description What is looked for. */
        SearchVisits: {
            /** @description `next` of the page before. */
            cursor?: string | null;
            /** @description One day, `yyyy-mm-dd`. */
            day: string;
            /**
             * Format: int64
             * @description Rows of a page, 1..200; 50 if not given.
             */
            limit?: number | null;
            /** @description Why: 5 to 300 characters. It stands in the audit log. */
            reason: string;
            /** @description One place. */
            site: string;
            /** @description What stands in the name of visitor, organisation or host; accents make no difference. At most 80 characters. */
            text?: string | null;
        };
        /** @description Nothing more is said. */
        SeePlateAlert: Record<string, never>;
        /** @description A picture. */
        SentPicture: {
            /** @description A JPEG or PNG file, base64. */
            file: string;
            /** @description As the spreadsheet names it. */
            name: string;
        };
        /** @description Figures over a time. */
        Series: {
            /** @description One for each step. */
            steps: components["schemas"]["FigureView"][];
            /** @description All of it. */
            sum: components["schemas"]["FigureView"];
        };
        /** @description Sessions that are open. */
        SessionList: {
            /** @description Newest first. */
            items: components["schemas"]["OpenSessionView"][];
        };
        /** @description Who is signed in. */
        SessionView: {
            /** @description To be sent as `x-chilang-csrf` with everything that is not a GET. */
            csrf: string;
            /** @description There is a PIN that opens a locked screen. */
            has_pin: boolean;
            /** @description The screen is locked. */
            locked: boolean;
            must?: components["schemas"]["Must"] | null;
            /** @description Its roles. */
            roles: components["schemas"]["RoleAt"][];
            /** @description A one-time code is asked for at sign-in. */
            second_factor: boolean;
            /** @description The account's name. */
            user: string;
        };
        /** @description A capacity. */
        SetCapacity: {
            /**
             * Format: int64
             * @description So many people at once.
             */
            capacity: number;
            /** @description From this day on, `yyyy-mm-dd`. */
            from: string;
            /** @description On what it rests. */
            reason: string;
            /** @description The place. */
            site: string;
        };
        /** @description A holiday. */
        SetHoliday: {
            /** @description First day, `yyyy-mm-dd`. */
            first_day: string;
            /**
             * Format: uuid
             * @description Which one; left out for a new one.
             */
            id?: string | null;
            /** @description Last day. */
            last_day: string;
            /** @description Its name; the same each year, so that years can be held against each other. */
            name: string;
            /**
             * Format: int64
             * @description The version that was seen; 0 for a new one.
             */
            version: number;
            /** @description Take it off the list. */
            withdrawn?: boolean;
        };
        /** @description The PIN, and who says so. */
        SetPin: {
            /** @description The account's password. */
            password: string;
            /** @description Four to eight digits, not all the same. */
            pin: string;
        };
        /** @description How long, and why. */
        SetRetention: {
            /**
             * Format: int64
             * @description How many days, within the bounds.
             */
            days: number;
            /** @description Why, 5 to 300 characters. */
            reason: string;
            /**
             * Format: int64
             * @description `version` on the screen; 0 where nobody has said anything.
             */
            version: number;
        };
        /** @description Roles. */
        SetRoles: {
            /** @description All the account has at this controller from now on; empty only where it has some elsewhere. */
            roles: components["schemas"]["Role"][];
        };
        /** @description How long a body keeps a class of data. */
        SettingView: {
            /** @description Why these bounds, or why there are none. */
            basis: string;
            /** @description By whom. */
            by?: string | null;
            /** @description `plate`, `picture`, `access`, `audit`, … */
            class: string;
            coming?: components["schemas"]["ComingView"] | null;
            /**
             * Format: int32
             * @description In force now.
             */
            days?: number | null;
            /**
             * Format: int32
             * @description Where nobody has said anything.
             */
            default_days?: number | null;
            /**
             * Format: int32
             * @description Not fewer.
             */
            least_days?: number | null;
            /**
             * Format: int32
             * @description Not more.
             */
            most_days?: number | null;
            /** @description Why. */
            reason?: string | null;
            /** @description It can be set; what cannot says in `basis` why. */
            settable: boolean;
            since?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description The last version; 0 where nobody has said anything.
             */
            version: number;
        };
        /** @description Name and password, and a code where the account has a second factor. */
        SignIn: {
            /** @description The one-time code of this moment, six digits; left out, `code_needed` says that it is wanted. */
            code?: string | null;
            /** @description Its password. */
            password: string;
            /** @description The account's name. */
            user: string;
        };
        /** @description Every place of the controller. */
        SiteList: {
            /** @description The places, by name. */
            items: components["schemas"]["SiteView"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description A place. */
        SiteView: {
            /** @description Its name. */
            site: string;
        };
        /**
         * @description How long a bucket is.
         * @enum {string}
         */
        Step: "minute" | "hour" | "day";
        /** @description What a step came to. */
        StepView: {
            /** @description Galleries that were made anew at once. */
            galleries: components["schemas"]["GalleryView"][];
            /** @description The enrolment or watch entry, or the person behind it. */
            id: string;
        };
        /** @description Nothing is asked besides. */
        StillWanted: Record<string, never>;
        /** @description What came after a freeze. */
        SupplementView: {
            /** @description `yyyy-mm-dd`; null for a figure of the whole month. */
            day?: string | null;
            /** @description The gate. */
            gate: string;
            /**
             * Format: int64
             * @description More in, or fewer.
             */
            in: number;
            /**
             * Format: int64
             * @description More out, or fewer.
             */
            out: number;
            /** @description The place. */
            place: string;
        };
        /** @description A suspicion in full. */
        SuspicionDetail: components["schemas"]["SuspicionView"] & {
            /** @description Permits of this plate at this place that held when it happened: to be looked at beside the checklist; they decide nothing. */
            allowed: components["schemas"]["AllowedNote"][];
            /** @description The node's own words. */
            body: unknown;
            /** @description What has to be stated to confirm. */
            checklist: components["schemas"]["ItemView"][];
            /** @description Its pictures: each must be fetched, and its hash quoted, to confirm. */
            evidence: components["schemas"]["Picture"][];
            law?: components["schemas"]["RuleView"] | null;
            /** @description The reasons a rejection can name. */
            rejection_reasons: components["schemas"]["ReasonView"][];
            /** @description The passage of the vehicle. */
            vehicle_passage: string;
        };
        /** @description A page of suspicions. */
        SuspicionPage: {
            /** @description The suspicions. */
            items: components["schemas"]["SuspicionView"][];
            /** @description Cursor of the next page. */
            next?: string | null;
            waiting?: components["schemas"]["Waiting"] | null;
        };
        /** @description A suspicion, or the case it became. */
        SuspicionView: {
            assigned?: components["schemas"]["AssignedView"] | null;
            /** @description The camera. */
            camera: string;
            /** @description What must always stand beside a suspicion; null once an officer decided. */
            caution?: string | null;
            /** @description Kind of vehicle. */
            class: string;
            /** @description The clocks that run. */
            deadlines: components["schemas"]["DeadlineView"][];
            decision?: components["schemas"]["DecisionView"] | null;
            /** @description Its id. */
            id: string;
            lease?: components["schemas"]["LeaseView"] | null;
            /** @description The node. */
            node: string;
            notice_sent_at?: components["schemas"]["Moment"] | null;
            /** @description Its number for people. */
            number: string;
            /** @description When it happened. */
            occurred_at: components["schemas"]["Moment"];
            /** @description The plate as read; a suggestion. */
            plate?: string | null;
            /** @description When it was recorded. */
            recorded_at: components["schemas"]["Moment"];
            retracted_at?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description To be quoted when deciding.
             */
            revision: number;
            /** @description The rule it rests on. */
            rule: string;
            /** @description The place. */
            site: string;
            /** @description `pending_review`, `confirmed`, `rejected`, `withdrawn` or `time_barred`. */
            state: string;
            /** @description In words. */
            state_text: string;
            /** @description Code of the behaviour. */
            violation: string;
        };
        /** @description How. */
        Take: {
            /** @description A leader takes it from whoever has it. */
            take_over?: boolean | null;
        };
        /** @description What was taken. */
        Taken: {
            /** @description The suspicion; null when none is free. */
            id?: string | null;
        };
        /** @description Which not. */
        TakeNext: {
            /** @description Passed over by this officer; up to 200. */
            skip: string[];
        };
        /** @description A second factor that is not in force yet, for the telephone of whoever sits here. */
        TotpView: {
            /** @description Its secret in base32, in groups of four, where nothing can be scanned. */
            secret: string;
            /** @description What an authenticator app scans, as an SVG picture. */
            svg: string;
        };
        /** @description What one line would have counted. */
        TriedLine: {
            /**
             * Format: int32
             * @description In doubt, contained in neither.
             */
            doubtful: number;
            /** @description Its id. */
            id: string;
            /**
             * Format: int32
             * @description From its left to its right.
             */
            in: number;
            /**
             * Format: int32
             * @description From its right to its left.
             */
            out: number;
        };
        /** @description What they would have counted. */
        TriedLines: {
            /** @description By line, in the order given. */
            lines: components["schemas"]["TriedLine"][];
            since?: components["schemas"]["Moment"] | null;
            /**
             * Format: int32
             * @description How many ways are remembered.
             */
            tracks: number;
            /** @description When they were tried. */
            until: components["schemas"]["Moment"];
        };
        /** @description What opens it. */
        Unlock: {
            /** @description The PIN. */
            pin: string;
        };
        /** @description How many alerts of a place nobody has seen. */
        UnseenAlerts: {
            /** @description The place. */
            site: string;
            /**
             * Format: int64
             * @description How many, at least one.
             */
            unseen: number;
        };
        /**
         * @description How near a deadline is.
         * @enum {string}
         */
        Urgency: "calm" | "soon" | "over";
        /** @description What rests on a line. */
        UsedByView: {
            /** @description `door` or `wrong_way`. */
            kind: string;
            /** @description The gate's or the rule's name. */
            name: string;
        };
        /** @description A page of accounts. */
        UserList: {
            /** @description The accounts. */
            items: components["schemas"]["UserView"][];
            /** @description For `after`; null at the end. */
            next?: string | null;
        };
        /** @description An account. */
        UserView: {
            /** @description When it was made. */
            created_at: components["schemas"]["Moment"];
            /** @description It has roles at another controller too. */
            elsewhere: boolean;
            /** @description Its id. */
            id: string;
            last_seen_at?: components["schemas"]["Moment"] | null;
            locked_at?: components["schemas"]["Moment"] | null;
            /** @description Its name. */
            name: string;
            /** @description It is the account of whoever asks. */
            own: boolean;
            /** @description It still has the password it was given. */
            password_must_change: boolean;
            /** @description A program's: it reads and never decides. */
            program: boolean;
            /** @description Its roles at this controller. */
            roles: components["schemas"]["Role"][];
            /** @description A one-time code is asked for at its sign-in. */
            second_factor: boolean;
        };
        /** @description Who looks into somebody at a gate. */
        VerifyingView: {
            /** @description The arrival. */
            arrival: string;
            /** @description The guard's account. */
            by: string;
            /** @description Since when. */
            since: components["schemas"]["Moment"];
        };
        /** @description To whom a visitor comes. */
        VisitHostView: {
            /** @description Department. */
            department?: string | null;
            /** @description Of the list; null for a name alone. */
            host_id?: string | null;
            /** @description Name. */
            name: string;
            /** @description Telephone. */
            phone?: string | null;
            /** @description Room. */
            room?: string | null;
        };
        /** @description What was typed in. */
        VisitorEntries: {
            /** @description Newest time first, of one time the newest version first. */
            items: components["schemas"]["VisitorEntry"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description A version. */
        VisitorEntry: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Whose word it is. */
            by: string;
            /** @description The gate. */
            gate: string;
            /**
             * Format: int64
             * @description In; null: the figure was taken back.
             */
            in?: number | null;
            machine?: components["schemas"]["InOut"] | null;
            /**
             * Format: int64
             * @description Out.
             */
            out?: number | null;
            /** @description `yyyy-mm-dd` or `yyyy-mm`. */
            period: string;
            /** @description Why. */
            reason: string;
            /** @description What people call it. */
            title: string;
            /**
             * Format: int64
             * @description Its version.
             */
            version: number;
        };
        /** @description A place over a time. */
        VisitorFigures: {
            before?: components["schemas"]["Before"] | null;
            /**
             * Format: int64
             * @description How many the place holds on the last day.
             */
            capacity?: number | null;
            /** @description What the figures mean, for the foot of a page. */
            definitions: string;
            /** @description First day, `yyyy-mm-dd`. */
            first_day: string;
            /** @description Months in it that are frozen. */
            frozen: components["schemas"]["FrozenView"][];
            /** @description Its gates. */
            gates: components["schemas"]["GateSeries"][];
            /** @description The holiday's name. */
            holiday?: string | null;
            /** @description How long. */
            kind: components["schemas"]["PeriodKind"];
            /** @description Last day. */
            last_day: string;
            /** @description The time is over: sums can be held against each other. */
            over: boolean;
            /** @description The place. */
            site: string;
            /** @description Days (`yyyy-mm-dd`) or, of a year, months (`yyyy-mm`); those to come are among them. */
            steps: string[];
            /** @description What people call it. */
            title: string;
            total?: components["schemas"]["Series"] | null;
        };
        /** @description A gate. */
        VisitorGate: {
            /** @description Does it make the sum of the place? */
            adds_up: boolean;
            /** @description Does a camera count there? */
            by_camera: boolean;
            /** @description `node/camera/line`, or the name of a gate without a camera. */
            gate: string;
            /** @description What people call it. */
            title: string;
            /**
             * Format: int64
             * @description Version of that; 0 when nobody has called it anything.
             */
            version: number;
        };
        /** @description A holiday. */
        VisitorHoliday: {
            /** @description First day, `yyyy-mm-dd`. */
            first_day: string;
            /** @description Its id. */
            id: string;
            /** @description Last day. */
            last_day: string;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Its version.
             */
            version: number;
        };
        /** @description The holidays. */
        VisitorHolidays: {
            /** @description Newest first. */
            items: components["schemas"]["VisitorHoliday"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description A place. */
        VisitorPlace: {
            /**
             * Format: int64
             * @description How many people it holds today.
             */
            capacity?: number | null;
            /** @description Its gates. */
            gates: components["schemas"]["VisitorGate"][];
            /** @description Several lines count here and nobody has said which lead inside: there is no sum of the place. */
            needs_model: boolean;
            /** @description Its name. */
            site: string;
            /** @description What people call it. */
            title: string;
            /**
             * Format: int64
             * @description Version of that; 0 when nobody has called it anything.
             */
            version: number;
        };
        /** @description The places. */
        VisitorPlaces: {
            /** @description By name. */
            items: components["schemas"]["VisitorPlace"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description A month as it is filed. */
        VisitorReport: {
            /** @description What the figures mean. */
            definitions: string;
            frozen?: components["schemas"]["FrozenView"] | null;
            /** @description `yyyy-mm`. */
            month: string;
            /** @description It is over and can be frozen. */
            over: boolean;
            /** @description Every place. */
            places: components["schemas"]["ReportPlace"][];
            /** @description The hash of what is shown; quoted by whoever freezes it. */
            sha256: string;
            /** @description What came after the freeze (*bổ sung sau chốt*). */
            supplement: components["schemas"]["SupplementView"][];
        };
        /** @description A place now. */
        VisitorsNow: {
            /** @description When this was read. */
            at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description How many the place holds.
             */
            capacity?: number | null;
            inside?: components["schemas"]["InsideView"] | null;
            last_year?: components["schemas"]["FigureView"] | null;
            month?: components["schemas"]["FigureView"] | null;
            /** @description Several lines count here and nobody has said which lead inside. */
            needs_model: boolean;
            /** @description The place. */
            site: string;
            /** @description What people call it. */
            title: string;
            today?: components["schemas"]["FigureView"] | null;
            year?: components["schemas"]["FigureView"] | null;
        };
        /** @description Visits, newest first. */
        VisitPage: {
            /** @description The visits. */
            items: components["schemas"]["VisitView"][];
            /** @description Cursor of the next page. */
            next?: string | null;
        };
        /** @description The book of a day. */
        VisitsBook: {
            /** @description The day, `yyyy-mm-dd`. */
            day: string;
            /** @description The visits, in the order they came. */
            items: components["schemas"]["VisitView"][];
            /** @description When it was printed. */
            printed_at: components["schemas"]["Moment"];
            /** @description By whom. */
            printed_by: string;
            /** @description The place. */
            site: string;
            /**
             * Format: int64
             * @description How many.
             */
            total: number;
        };
        /** @description What a guard recorded. */
        VisitStepView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description The guard. */
            by: string;
            /** @description Of a call: whom. */
            host_name?: string | null;
            /** @description Free note. */
            note?: string | null;
            /**
             * Format: int64
             * @description The revision the visit had after it.
             */
            number: number;
            /** @description Why. */
            reason?: string | null;
            /** @description Where the visit stood after it. */
            state: string;
            /** @description `call_host`, `host_answer`, `admit`, `refuse`, `leave`. */
            step: string;
        };
        /** @description A visit. */
        VisitView: {
            admitted_at?: components["schemas"]["Moment"] | null;
            /** @description `expected`, `not_expected`, `no_answer`. */
            answer?: string | null;
            answered_at?: components["schemas"]["Moment"] | null;
            /** @description The arrival at the gate. */
            arrival_id?: string | null;
            /** @description When it was registered. */
            arrived_at: components["schemas"]["Moment"];
            /** @description The badge that was handed out. */
            badge?: string | null;
            called_at?: components["schemas"]["Moment"] | null;
            /** @description By whom. */
            called_by?: string | null;
            /** @description Who decided last. */
            decided_by?: string | null;
            /** @description Why, in that guard's words. */
            decided_why?: string | null;
            host?: components["schemas"]["VisitHostView"] | null;
            left_at?: components["schemas"]["Moment"] | null;
            /** @description From where. */
            organisation?: string | null;
            /** @description What for. */
            purpose: string;
            /** @description Why not. */
            refusal_reason?: string | null;
            refused_at?: components["schemas"]["Moment"] | null;
            /** @description By whom. */
            registered_by: string;
            /**
             * Format: int64
             * @description To be quoted with the next step.
             */
            revision: number;
            /** @description The place. */
            site: string;
            /** @description `waiting`, `host_called`, `expected`, `not_expected`, `no_answer`, `admitted`, `refused`, `left`. */
            state: string;
            /** @description In words. */
            state_text: string;
            /** @description What was recorded since the registration, in order. */
            steps: components["schemas"]["VisitStepView"][];
            /** @description Its id. */
            visit_id: string;
            /** @description Who came. */
            visitor_name: string;
        };
        /** @description A queue of work. */
        Waiting: {
            newest?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description How many.
             */
            suspicions: number;
        };
        /** @description The watch list. */
        WatchList: {
            /** @description The entries. */
            items: components["schemas"]["WatchView"][];
            /** @description Always null: there is one page. */
            next?: string | null;
        };
        /** @description An entry. */
        WatchView: {
            /** @description On what it rests. */
            basis: string;
            /** @description When it ends. */
            expires_at: components["schemas"]["Moment"];
            /** @description `site/node/gate`. */
            gates: string[];
            /** @description Its id. */
            id: string;
            /** @description What the desk has to know. */
            label?: string | null;
            /** @description May whoever asks approve it? Who proposed may not. */
            may_approve: boolean;
            /** @description `proposed` or `approved`. */
            state: string;
        };
        /** @description A zone as drawn. */
        ZoneDrawn: {
            /** @description The gate it lies before. */
            id: string;
            /** @description Its corners as shares of the picture, 3 to 16. */
            points: number[][];
        };
        /** @description A zone. */
        ZoneView: {
            /** @description The gate it lies before. */
            id: string;
            /** @description What people call it. */
            name: string;
            /** @description Its corners as shares of the picture. */
            points: number[][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_about: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Version and licences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AboutView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_arrival: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The arrival */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The arrival */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArrivalDetail"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    admit_arrival: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The arrival */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OnScreen"];
            };
        };
        responses: {
            /** @description Decided; whether the order is on its way is said */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateDecisionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since, or over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The picture was not looked at */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    see_alert: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The arrival */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertSeen"];
            };
        };
        responses: {
            /** @description Noted, and told to the other desks */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such arrival */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description There is more to see by now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_enrolled_picture: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The arrival */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody enrolled is named, or not any more */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_look: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The arrival */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture; x-chilang-look holds its hash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The node holds none, or the person has left */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The gate is decided at its own site */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The node did not send it in three seconds */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    not_this_person: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The arrival */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OnScreen"];
            };
        };
        responses: {
            /** @description Noted, and told to the node */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateDecisionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since, over, or nobody was named */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    refuse_arrival: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The arrival */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refuse"];
            };
        };
        responses: {
            /** @description Decided; the node forgets its request and its picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateDecisionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since, or over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    verify_arrival: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The arrival */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Noted, and told to the other desks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifyingView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such arrival */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    search_arrivals: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArrivalSearch"];
            };
        };
        responses: {
            /** @description A page of arrivals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArrivalPage"];
                };
            };
            /** @description More than one place, more than 24 hours, no reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query: {
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description A Vietnamese civil day, `yyyy-mm-dd`. */
                day: string;
                /** @description Rows of a page, 1..200; 50 if not given. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    check_audit: {
        parameters: {
            query: {
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description A Vietnamese civil day, `yyyy-mm-dd`. */
                day: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_cameras: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cameras */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    take_clear_still: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The camera */
                camera: string;
                /** @description The node */
                node: string;
                /** @description The place */
                site: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearWanted"];
            };
        };
        responses: {
            /** @description The picture; x-chilang-captured-at says when it was captured */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description No purpose is given */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No fresh frame, no such camera at work, or decided at its own site */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Asked a moment ago */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The node did not answer in eight seconds */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_lines: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The camera */
                camera: string;
                /** @description The node */
                node: string;
                /** @description The place */
                site: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is in force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraLines"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Decided at its own site */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    set_lines: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The camera */
                camera: string;
                /** @description The node */
                node: string;
                /** @description The place */
                site: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinesDrawn"];
            };
        };
        responses: {
            /** @description Signed; the node applies it within a minute, and says so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraLines"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Another revision is in force, or decided at its own site */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Every fault of the drawing */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    try_lines: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The camera */
                camera: string;
                /** @description The node */
                node: string;
                /** @description The place */
                site: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinesToTry"];
            };
        };
        responses: {
            /** @description What they would have counted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedLines"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such camera at work, or decided at its own site */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Every fault of the lines */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Asked a moment ago */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The node did not answer in eight seconds */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    take_still: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The camera */
                camera: string;
                /** @description The node */
                node: string;
                /** @description The place */
                site: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StillWanted"];
            };
        };
        responses: {
            /** @description The picture; x-chilang-captured-at says when it was captured */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No fresh frame, no such camera at work, or decided at its own site */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Asked a moment ago */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The node did not answer in eight seconds */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_counts: {
        parameters: {
            query: {
                /** @description One camera; all if not given. */
                camera?: string;
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description First moment, RFC 3339. */
                from: string;
                /** @description One line; all if not given. */
                line?: string;
                /** @description One place. */
                site: string;
                /** @description `minute` (at most a day), `hour` (31 days) or `day` (a year). */
                step: string;
                /** @description Moment after the last, RFC 3339. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts with coverage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counts"];
                };
            };
            /** @description Window too long */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_outages: {
        parameters: {
            query?: {
                /** @description One camera of it. */
                camera?: string;
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description First moment, RFC 3339; seven days before `to` if not given. */
                from?: string;
                /** @description One node of it. */
                node?: string;
                /** @description One place. */
                site?: string;
                /** @description Moment after the last, RFC 3339, at most 31 days later; now if not given. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of outages, and the share of time each camera was at work */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutagePage"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_gates: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The gates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    open_gate: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The gate */
                gate: string;
                /** @description The node */
                node: string;
                /** @description The place */
                site: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenByHand"];
            };
        };
        responses: {
            /** @description Decided; whether the order is on its way is said */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateDecisionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such gate */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Decided, but the node did not answer in three seconds */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    call_roll: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollCallAsked"];
            };
        };
        responses: {
            /** @description Who was let in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RollCall"];
                };
            };
            /** @description No place, no reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_grants: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Rows of a page, 1..200; 50 if not given */
                limit?: number;
                /** @description `asked`, `granted` (also expired), `refused`, `withdrawn`; left out: all */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of grants */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    ask_grant: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskGrant"];
            };
        };
        responses: {
            /** @description Asked for; another officer has to approve */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantView"];
                };
            };
            /** @description More than 7 days, no such place, no reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such case */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The case has no plate, or has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    approve_grant: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The grant */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveGrant"];
            };
        };
        responses: {
            /** @description Granted, with an end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantView"];
                };
            };
            /** @description More than seven days */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description One's own, not waiting, or the case is another one */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    refuse_grant: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The grant */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantReason"];
            };
        };
        responses: {
            /** @description Refused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantView"];
                };
            };
            /** @description No reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description One's own, or not waiting */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    withdraw_grant: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The grant */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantReason"];
            };
        };
        responses: {
            /** @description Taken back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantView"];
                };
            };
            /** @description No reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Refused or taken back already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_handovers: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes of shift */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoverList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_hosts: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
                /** @description Those that ended; left out: those there are */
                ended?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hosts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    enter_host: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnterHost"];
            };
        };
        responses: {
            /** @description The host */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostView"];
                };
            };
            /** @description A line is missing or too long, or no such place */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    end_host: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The host */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Ended already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    search_hosts: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchHosts"];
            };
        };
        responses: {
            /** @description Hosts of the place */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostsFound"];
                };
            };
            /** @description No place */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    stream_live: {
        parameters: {
            query?: {
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description The one place whose passages are told; without it none are. */
                site?: string;
            };
            header?: {
                /** @description Opaque id of the event seen last */
                "Last-Event-ID"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events `hello`, `alive`, `pass`, `access`, `decision`, `suspicion`, `case`, `visit`, `plate_alert`, `count`, `camera`, `resync`, `bye` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_nodes: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The nodes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    get_pass: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The passage */
                passage_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The passage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassDetail"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this controller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    correct_pass: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The passage */
                passage_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Correct"];
            };
        };
        responses: {
            /** @description Kept beside the machine's reading */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassView"];
                };
            };
            /** @description No plate, or no reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Somebody corrected it meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_pass_evidence: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The passage */
                passage_id: string;
                /** @description `frame` or `plate_crop` */
                role: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None, or not uploaded yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    export_passes: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportRequest"];
            };
        };
        responses: {
            /** @description The file; `x-chilang-rows` and `x-chilang-left-out` count what is in it and what is not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description More than one place, more than 24 hours, a wildcard, no reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description More than 2,000 rows */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_exports: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description Rows of a page, 1..200; 50 if not given */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the register */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPage"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    search_passes: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PassSearchRequest"];
            };
        };
        responses: {
            /** @description A page of passages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassPage"];
                };
            };
            /** @description More than one place, more than 24 hours, a wildcard, outside of the grant */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The grant is other officers' */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such grant */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The grant is over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_people: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /** @description Needed with roles at several */
                controller?: string;
                /** @description `proposed` (left out), `approved`, `rejected`, `withdrawn`, `expired` */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The enrolments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    propose_person: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Propose"];
            };
        };
        responses: {
            /** @description Proposed; another registrar has to approve */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not taken; the message names every reason */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    approve_person: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The enrolment */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In force from its first day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The same person proposed it, or it is no proposal any more */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_certificate: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The enrolment, or its person */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certificate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nothing was withdrawn under this id */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    issue_pass: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The enrolment */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pass; it is told once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatePassView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not approved, or over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    reject_person: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The enrolment */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused and deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The same person proposed it, or it is no proposal any more */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    withdraw_person: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The enrolment */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted here; the certificate tells which nodes know */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The same person proposed it, or it is no proposal any more */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    import_people: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportPeople"];
            };
        };
        responses: {
            /** @description What came of each line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            /** @description No spreadsheet, no columns, too many lines */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_plate_alerts: {
        parameters: {
            query: {
                /** @description Needed with roles at several */
                controller?: string;
                /** @description The one place */
                site: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alerts of the last 24 hours at this place, 100 at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlateAlertPage"];
                };
            };
            /** @description No place, or none of that name */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    see_plate_alert: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The alert */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeePlateAlert"];
            };
        };
        responses: {
            /** @description Seen, by whoever said so first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlateAlert"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this controller, or older than a day */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_plate_lists: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description `wanted`, `allowed`; left out: both */
                kind?: string;
                /** @description Rows of a page, 1..200; 50 if not given */
                limit?: number;
                /** @description `proposed`, `approved` (both also expired), `refused`, `withdrawn`; left out: all */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntryPage"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    propose_list_entry: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeListEntry"];
            };
        };
        responses: {
            /** @description Proposed; another officer has to approve */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntry"];
                };
            };
            /** @description No whole plate, no such place, no keeper, no reason, no end */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The list is full, or the plate is on it at one of the places */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    approve_list_entry: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The entry */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveListEntry"];
            };
        };
        responses: {
            /** @description Approved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntry"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description One's own, not waiting, or it would live too long */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    refuse_list_entry: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The entry */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListReason"];
            };
        };
        responses: {
            /** @description Refused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntry"];
                };
            };
            /** @description No reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description One's own, or not waiting */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    withdraw_list_entry: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The entry */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListReason"];
            };
        };
        responses: {
            /** @description Taken back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntry"];
                };
            };
            /** @description No reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Refused, taken back or over already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_retention: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Times, what goes next, what went */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    set_retention: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description `plate`, `picture`, `access` or `audit` */
                data_class: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetRetention"];
            };
        };
        responses: {
            /** @description What holds, and what is coming */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingView"];
                };
            };
            /** @description No reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an administrator in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such class */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Fixed, or somebody else was faster */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Out of the bounds, which the message tells */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    create_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Signed in; the session is in the cookie */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Name or password wrong; or `code_needed`, `wrong_code` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Locked out for a while */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    hand_over: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOver"];
            };
        };
        responses: {
            /** @description Handed over; the next guard's session is in the cookie */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Name or password wrong, or not a guard of this body */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The same person, or one who must sign in alone */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Locked out for a while */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    lock_session: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Locked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No PIN was set: nothing could open the lock */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Changed; other sessions of the account are over */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description The new one is not taken */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `wrong_password`: the current one is another */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Too many wrong ones */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    set_pin: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPin"];
            };
        };
        responses: {
            /** @description Set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No PIN */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The password is wrong */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Locked out for a while */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    begin_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The secret; it is told once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description One is in force */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    confirm_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmTotp"];
            };
        };
        responses: {
            /** @description In force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `wrong_code` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None was begun, or one is in force */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    unlock_session: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Unlock"];
            };
        };
        responses: {
            /** @description Open */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Too many wrong PINs: the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The PIN is wrong */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_sites: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The places */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_suspicions: {
        parameters: {
            query?: {
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Happened at or after, RFC 3339; needed with `site`. */
                from?: string;
                /** @description Rows of a page, 1..200; 50 if not given. */
                limit?: number;
                /** @description One place; needed for every state but `pending_review`. */
                site?: string;
                /** @description `pending_review` (if not given), `confirmed`, `rejected`, `withdrawn` or `time_barred`. */
                state?: string;
                /** @description Happened before, RFC 3339, at most 24 hours later; needed with `site`. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of suspicions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspicionPage"];
                };
            };
            /** @description Decided ones without one place and one day */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_suspicion: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The suspicion */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The suspicion */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspicionDetail"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this controller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    assign_suspicion: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The suspicion */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assign"];
            };
        };
        responses: {
            /** @description Given, or taken back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspicionView"];
                };
            };
            /** @description No such officer here */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a leader in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description It is decided */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    confirm_suspicion: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The suspicion */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Confirm"];
            };
        };
        responses: {
            /** @description Confirmed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspicionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Decided already, changed since, another officer has it, or its checklist is not answered */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description A picture was not served to this session */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_suspicion_evidence: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The suspicion */
                id: string;
                /** @description `before`, `after`, `frame` or `plate_crop` */
                role: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None, or not uploaded yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    note_notice: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The confirmed case */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Notice"];
            };
        };
        responses: {
            /** @description Noted; the clock of twenty days runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspicionView"];
                };
            };
            /** @description Before the confirmation, or in the future */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not confirmed, sent already, or changed since */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    reject_suspicion: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The suspicion */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reject"];
            };
        };
        responses: {
            /** @description Rejected */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspicionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Decided already, changed since, or another officer has it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    release_suspicion: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The suspicion */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Release"];
            };
        };
        responses: {
            /** @description It is not this session's any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Released"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this controller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    take_suspicion: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The suspicion */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Take"];
            };
        };
        responses: {
            /** @description It is this officer's */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspicionView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person, or no leader */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Another officer has it, or it is decided */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_overview: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A leader's page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    reject_suspicions: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectMany"];
            };
        };
        responses: {
            /** @description What became of each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RejectedMany"];
                };
            };
            /** @description None, or more than 200 */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    take_next_suspicion: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakeNext"];
            };
        };
        responses: {
            /** @description It is this officer's, or there is none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taken"];
                };
            };
            /** @description Too many passed over */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    add_user: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddUser"];
            };
        };
        responses: {
            /** @description Added; the password is told once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstPassword"];
                };
            };
            /** @description No name or no role */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    lock_user: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The account */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Locked; its sessions are over */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `own_account`, `other_bodies` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such account here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `last_administrator` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    reset_user_password: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The account */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The password; it is told once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstPassword"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `own_account`, `other_bodies` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such account here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    set_user_roles: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The account */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetRoles"];
            };
        };
        responses: {
            /** @description They hold from the account's next request on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `own_account` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such account here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `last_administrator` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_user_sessions: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The account */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such account here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    end_user_sessions: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The account */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndSessions"];
            };
        };
        responses: {
            /** @description Over */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `other_bodies` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such account here, or no such open session of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    unlock_user: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The account */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unlocked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description `own_account`, `other_bodies` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such account here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    set_visitor_capacity: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetCapacity"];
            };
        };
        responses: {
            /** @description Set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No capacity, day or reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a person of the tourism office */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such place */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_visitor_entries: {
        parameters: {
            query: {
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description First day, `yyyy-mm-dd`. */
                from: string;
                /** @description One place. */
                site: string;
                /** @description Last day. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorEntries"];
                };
            };
            /** @description No such time */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    enter_visitors: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnterVisitors"];
            };
        };
        responses: {
            /** @description Typed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Said"];
                };
            };
            /** @description No figure, time or reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a person of the tourism office */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such gate */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Another version came meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    export_visitors: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportVisitors"];
            };
        };
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                };
            };
            /** @description No such month, or no reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a person of the tourism office */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_visitor_figures: {
        parameters: {
            query: {
                /** @description A day of it, `yyyy-mm-dd`; not for a holiday. */
                at?: string;
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description Which holiday. */
                holiday?: string;
                /** @description `day`, `week`, `month`, `year` or `holiday`. */
                kind: string;
                /** @description One place. */
                site: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures with how sure they are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorFigures"];
                };
            };
            /** @description No such time */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such place or holiday */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    freeze_visitors: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FreezeVisitors"];
            };
        };
        responses: {
            /** @description Frozen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorReport"];
                };
            };
            /** @description No such month, not over yet, or nobody signs */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a person of the tourism office */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Frozen already, or the figures changed since */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    name_visitor_gate: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NameGate"];
            };
        };
        responses: {
            /** @description Named */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Said"];
                };
            };
            /** @description No name or no title */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a person of the tourism office */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such place, or no such line */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Named anew since */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_visitor_holidays: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The holidays */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorHolidays"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    set_visitor_holiday: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetHoliday"];
            };
        };
        responses: {
            /** @description Set */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidaySet"];
                };
            };
            /** @description No name, or days that are none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a person of the tourism office */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such holiday */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_visitors_now: {
        parameters: {
            query: {
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description One place. */
                site: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The place */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorsNow"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description No such place */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_visitor_places: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The places */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorPlaces"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    name_visitor_place: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NamePlace"];
            };
        };
        responses: {
            /** @description Named */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Said"];
                };
            };
            /** @description No name or no title */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a person of the tourism office */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Named anew since */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_visitor_report: {
        parameters: {
            query: {
                /** @description Needed with roles at several. */
                controller?: string;
                /** @description `yyyy-mm`. */
                month: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The month */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorReport"];
                };
            };
            /** @description No such month */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_visits: {
        parameters: {
            query: {
                /** @description Needed with roles at several */
                controller?: string;
                /** @description The place */
                site: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who waits or is inside; one page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitPage"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    register_visit: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterVisit"];
            };
        };
        responses: {
            /** @description The visit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description No such place, host or arrival, or a line is missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_visit: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The visit */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The visit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    admit_visit: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The visit */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdmitVisit"];
            };
        };
        responses: {
            /** @description On record; no door opens by it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description A reason is needed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since, or over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    call_host: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The visit */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallHost"];
            };
        };
        responses: {
            /** @description On record; the host's room and telephone stand in it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since, decided, or nobody to call */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    note_host_answer: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The visit */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteHostAnswer"];
            };
        };
        responses: {
            /** @description Noted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since, decided, or nobody was called */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    leave_visit: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The visit */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeaveVisit"];
            };
        };
        responses: {
            /** @description On record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since, or over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    refuse_visit: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The visit */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefuseVisit"];
            };
        };
        responses: {
            /** @description On record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description A note is needed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a guard in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Changed since, or over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    print_visits: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrintVisits"];
            };
        };
        responses: {
            /** @description The whole day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitsBook"];
                };
            };
            /** @description No place, no day, no reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description More than 5,000 visits */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    search_visits: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchVisits"];
            };
        };
        responses: {
            /** @description A page of visits, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitPage"];
                };
            };
            /** @description No place, no day, no reason */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    list_watch: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchList"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    propose_watch: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeWatch"];
            };
        };
        responses: {
            /** @description Proposed; another registrar has to approve */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The roles do not allow it, or the CSRF token is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The list is full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The body is no JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not taken; the message names every reason */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    approve_watch: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The entry */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The same person proposed it, or it is no proposal any more */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    withdraw_watch: {
        parameters: {
            query?: {
                /** @description Needed with roles at several */
                controller?: string;
            };
            header?: never;
            path: {
                /** @description The entry */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted here; the certificate tells which nodes know */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepView"];
                };
            };
            /** @description Not of its form */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Nobody is signed in, or the session is over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Not a registrar in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description None of this name, or none of this body */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The same person proposed it, or it is no proposal any more */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The screen is locked */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description The store is away, or it took too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The store is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
        };
    };
}
