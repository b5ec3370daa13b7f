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
        /** @description An arrival in full. */
        ArrivalDetail: components["schemas"]["ArrivalView"] & {
            /** @description What doors did, in order. */
            acts: components["schemas"]["ActView"][];
            /** @description What must always stand beside a likeness. */
            caution: string;
            /** @description What guards decided, in order. */
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
        /** @description What the officer looked at. */
        Confirm: {
            /** @description What was ticked, as the form has it: up to 40 names. */
            checklist?: string[] | null;
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
            /** @description `admit`, `refuse`, `not_this_person` or `open`. */
            verdict: string;
        };
        /** @description A decision. */
        DecisionView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description The officer. */
            by: string;
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
        /** @description An error. */
        ErrorBody: {
            /** @description For programs: stable, snake_case. */
            code: string;
            /** @description For people, Vietnamese. */
            message: string;
        };
        /** @description The envelope of every error. */
        ErrorEnvelope: {
            /** @description The error. */
            error: components["schemas"]["ErrorBody"];
        };
        /** @description A first password: in this answer and nowhere else. */
        FirstPassword: {
            /** @description The account. */
            id: string;
            /** @description Its name. */
            name: string;
            /** @description Good for signing in, after which another has to be chosen. */
            password: string;
        };
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
        /** @description A gate. */
        GateView: {
            /** @description Who stands there now, newest first. */
            arrivals: components["schemas"]["ArrivalView"][];
            /** @description Its camera. */
            camera: string;
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
        /** @description What the guard had on the screen. */
        OnScreen: {
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
            /** @description First moment, RFC 3339. */
            from: string;
            /** @description A whole plate. */
            key?: string | null;
            /** @description The last five characters of a plate. */
            last5?: string | null;
            /**
             * Format: int64
             * @description Rows of a page, 1..200; 50 if not given.
             */
            limit?: number | null;
            /** @description One place. */
            site: string;
            /** @description Moment after the last, RFC 3339; at most 24 hours later. */
            to: string;
        };
        /** @description A passage. */
        PassView: {
            /** @description The camera. */
            camera: string;
            /** @description Kind of vehicle. */
            class: string;
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
        /** @description A run that removed something. */
        RemovedView: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description It belonged to no controller: sessions, tokens, accounts. */
            shared: boolean;
            /** @description How many of what, as the audit log has it. */
            what: string;
        };
        /** @description Retention. */
        RetentionView: {
            /** @description The times in force. */
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
        /** @description A picture. */
        SentPicture: {
            /** @description A JPEG or PNG file, base64. */
            file: string;
            /** @description As the spreadsheet names it. */
            name: string;
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
            must?: components["schemas"]["Must"] | null;
            /** @description Its roles. */
            roles: components["schemas"]["RoleAt"][];
            /** @description A one-time code is asked for at sign-in. */
            second_factor: boolean;
            /** @description The account's name. */
            user: string;
        };
        /** @description Roles. */
        SetRoles: {
            /** @description All the account has at this controller from now on; empty only where it has some elsewhere. */
            roles: components["schemas"]["Role"][];
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
        /** @description A suspicion in full. */
        SuspicionDetail: components["schemas"]["SuspicionView"] & {
            /** @description The node's own words. */
            body: unknown;
            /** @description Its pictures: each must be fetched, and its hash quoted, to confirm. */
            evidence: components["schemas"]["Picture"][];
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
        /** @description A second factor that is not in force yet, for the telephone of whoever sits here. */
        TotpView: {
            /** @description Its secret in base32, in groups of four, where nothing can be scanned. */
            secret: string;
            /** @description What an authenticator app scans, as an SVG picture. */
            svg: string;
        };
        /**
         * @description How near a deadline is.
         * @enum {string}
         */
        Urgency: "calm" | "soon" | "over";
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
            /** @description None */
            404: {
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
            /** @description Not a guard in person */
            403: {
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
            /** @description Nobody enrolled is named, or not any more */
            404: {
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
            /** @description Not a guard in person */
            403: {
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
            /** @description Not a guard in person */
            403: {
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
            /** @description Events `pass`, `suspicion`, `count`, `camera`, `resync`, `bye` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
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
            /** @description None of this controller */
            404: {
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
            /** @description None, or not uploaded yet */
            404: {
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
            /** @description More than one place, more than 24 hours, a wildcard */
            400: {
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
            /** @description Not a registrar in person */
            403: {
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
            /** @description Not a registrar in person */
            403: {
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
            /** @description Nothing was withdrawn under this id */
            404: {
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
            /** @description Not a registrar in person */
            403: {
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
            /** @description Not a registrar in person */
            403: {
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
            /** @description Not a registrar in person */
            403: {
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
            /** @description Not a registrar in person */
            403: {
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
            /** @description Nobody */
            401: {
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
            /** @description Name or password wrong; or `code_needed`, `wrong_code` */
            401: {
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
            /** @description Nobody */
            401: {
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
            /** @description `wrong_password`: the current one is another */
            403: {
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
            /** @description One is in force */
            409: {
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
            /** @description `wrong_code` */
            401: {
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
            /** @description None of this controller */
            404: {
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
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Decided already, or changed since */
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
            /** @description None, or not uploaded yet */
            404: {
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
            /** @description Not an officer in person */
            403: {
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
            /** @description Not an officer in person */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorEnvelope"];
                };
            };
            /** @description Decided already, or changed since */
            409: {
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
            /** @description Not an officer in person */
            403: {
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
            /** @description The name is taken */
            409: {
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
            /** @description No such account here */
            404: {
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
            /** @description The list is full */
            409: {
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
            /** @description Not a registrar in person */
            403: {
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
            /** @description Not a registrar in person */
            403: {
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
