// Generated from docs/openapi.json by `npm run api-types`; not to be edited.

export interface paths {
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
            /** @description For people, Vietnamese. */
            message: string;
        };
        /** @description The envelope of every error. */
        ErrorEnvelope: {
            /** @description The error. */
            error: components["schemas"]["ErrorBody"];
        };
        /** @description Which month. */
        ExportVisitors: {
            /** @description `yyyy-mm`. */
            month: string;
            /** @description What for. */
            reason: string;
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
        /** @description A version was given. */
        Said: {
            /**
             * Format: int64
             * @description The version it has now; to be quoted with the next change.
             */
            version: number;
        };
        /** @description Figures over a time. */
        Series: {
            /** @description One for each step. */
            steps: components["schemas"]["FigureView"][];
            /** @description All of it. */
            sum: components["schemas"]["FigureView"];
        };
        /** @description Who is signed in. */
        SessionView: {
            /** @description To be sent as `x-chilang-csrf` with everything that is not a GET. */
            csrf: string;
            /** @description Its roles. */
            roles: components["schemas"]["RoleAt"][];
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
        /** @description Name and password. */
        SignIn: {
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
        /**
         * @description How near a deadline is.
         * @enum {string}
         */
        Urgency: "calm" | "soon" | "over";
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
            /** @description Name or password wrong */
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
            /** @description Not a person of the tourism office */
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
            /** @description No such place or holiday */
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
            /** @description No such place */
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
