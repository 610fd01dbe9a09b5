//! The tables as diesel sees them; kept equal to migrations/ by tests/migrations.rs.

diesel::table! {
    unit_kinds (code) {
        code -> Text,
        name -> Text,
        heading -> Text,
        position -> Integer,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    units (id) {
        id -> BigInt,
        uid -> Text,
        code -> Text,
        existed_from -> Nullable<Date>,
        existed_to -> Nullable<Date>,
        phone -> Text,
    }
}

diesel::table! {
    unit_versions (id) {
        id -> BigInt,
        unit_id -> BigInt,
        name -> Text,
        short_name -> Text,
        search_key -> Text,
        kind_code -> Text,
        parent_id -> Nullable<BigInt>,
        protocol_order -> Integer,
        official_code -> Nullable<Text>,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    unit_aliases (id) {
        id -> BigInt,
        unit_id -> BigInt,
        alias -> Text,
        search_key -> Text,
    }
}

diesel::table! {
    unit_changes (id) {
        id -> BigInt,
        uid -> Text,
        kind -> Text,
        effective_on -> Date,
        decision -> Text,
        note -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    unit_change_effects (id) {
        id -> BigInt,
        change_id -> BigInt,
        position -> Integer,
        what -> Text,
        row_id -> BigInt,
        before_text -> Text,
        after_text -> Text,
    }
}

diesel::table! {
    functions (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
    }
}

diesel::table! {
    unit_change_lines (id) {
        id -> BigInt,
        change_id -> BigInt,
        from_unit_id -> Nullable<BigInt>,
        to_unit_id -> Nullable<BigInt>,
        function_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    function_holders (id) {
        id -> BigInt,
        function_id -> BigInt,
        province_id -> BigInt,
        unit_id -> BigInt,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    unit_reach (unit_id, reaches_id) {
        unit_id -> BigInt,
        reaches_id -> BigInt,
        relation -> Text,
    }
}

diesel::table! {
    calendar_notices (year) {
        year -> BigInt,
        document -> Text,
        noted_by -> BigInt,
        noted_at -> Timestamp,
    }
}

diesel::joinable!(calendar_notices -> memberships (noted_by));

diesel::table! {
    calendar_days (day) {
        day -> Date,
        kind -> Text,
        name -> Text,
        source -> Text,
        confirmed -> Bool,
    }
}

diesel::table! {
    people (id) {
        id -> BigInt,
        uid -> Text,
        username -> Text,
        full_name -> Text,
        name_key -> Text,
        phone -> Text,
        email -> Text,
        password_hash -> Text,
        must_change_password -> Bool,
        failed_sign_ins -> Integer,
        locked_until -> Nullable<Timestamp>,
        disabled_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        last_sign_in_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    memberships (id) {
        id -> BigInt,
        person_id -> BigInt,
        unit_id -> BigInt,
        role -> Text,
        title -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        token_hash -> Binary,
        person_id -> BigInt,
        csrf_token -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
        device -> Text,
    }
}

diesel::table! {
    invitations (id) {
        id -> BigInt,
        person_id -> BigInt,
        kind -> Text,
        code_hash -> Binary,
        made_by -> BigInt,
        made_at -> Timestamp,
        expires_at -> Timestamp,
        failed -> Integer,
        rests_until -> Nullable<Timestamp>,
        used_at -> Nullable<Timestamp>,
        void_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    hand_overs (id) {
        id -> BigInt,
        person_id -> BigInt,
        successor_id -> BigInt,
        unit_id -> BigInt,
        effective_on -> Date,
        content_json -> Text,
        membership_id -> BigInt,
        actor_name -> Text,
        actor_title -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    audit_log (id) {
        id -> BigInt,
        at -> Timestamp,
        person_id -> Nullable<BigInt>,
        membership_id -> Nullable<BigInt>,
        actor_name -> Text,
        actor_title -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Nullable<BigInt>,
        subject_label -> Text,
        unit_id -> Nullable<BigInt>,
        before_json -> Nullable<Text>,
        after_json -> Nullable<Text>,
        canonical -> Binary,
        sha256 -> Text,
    }
}

diesel::table! {
    plans (id) {
        id -> BigInt,
        uid -> Text,
        province_id -> BigInt,
        issuer_unit_id -> Nullable<BigInt>,
        issuer -> Text,
        superior -> Text,
        kind -> Text,
        number -> Text,
        symbol -> Text,
        place -> Text,
        issued_year -> Integer,
        issued_month -> Nullable<Integer>,
        issued_day -> Nullable<Integer>,
        subject -> Text,
        short_name -> Text,
        search_key -> Text,
        signatory_capacity -> Text,
        signatory_title -> Text,
        signatory_name -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        version -> Integer,
    }
}

diesel::table! {
    legal_bases (id) {
        id -> BigInt,
        kind -> Text,
        number -> Text,
        issued_on -> Nullable<Date>,
        issuer -> Text,
        subject -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    plan_legal_bases (plan_id, legal_basis_id) {
        plan_id -> BigInt,
        legal_basis_id -> BigInt,
        position -> Integer,
    }
}

diesel::table! {
    clauses (id) {
        id -> BigInt,
        plan_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        position -> Integer,
        label -> Text,
        path -> Text,
        title -> Text,
        body -> Text,
    }
}

diesel::table! {
    tasks (id) {
        id -> BigInt,
        uid -> Text,
        plan_id -> BigInt,
        clause_id -> BigInt,
        position -> Integer,
        text -> Text,
        search_key -> Text,
        target -> Text,
        due_on -> Nullable<Date>,
        withdrawn_on -> Nullable<Date>,
    }
}

diesel::table! {
    assignments (id) {
        id -> BigInt,
        task_id -> BigInt,
        unit_id -> Nullable<BigInt>,
        function_id -> Nullable<BigInt>,
        group_kind -> Nullable<Text>,
        part -> Text,
        mode -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        recorded_on -> Nullable<Date>,
    }
}

diesel::table! {
    task_entries (id) {
        id -> BigInt,
        uid -> Text,
        task_id -> BigInt,
        unit_id -> BigInt,
        done_on -> Date,
        text -> Text,
        quantity -> Nullable<BigInt>,
        measure_unit -> Text,
        link -> Text,
        membership_id -> BigInt,
        actor_name -> Text,
        actor_title -> Text,
        recorded_at -> Timestamp,
        indicator_id -> Nullable<BigInt>,
        platform -> Text,
        link_title -> Text,
        reach -> Nullable<BigInt>,
        url_key -> Text,
    }
}

diesel::table! {
    entry_photos (id) {
        id -> BigInt,
        task_entry_id -> BigInt,
        file_id -> BigInt,
    }
}

diesel::table! {
    computed_columns (name) {
        name -> Text,
        rule -> Integer,
    }
}

diesel::table! {
    indicator_groups (code) {
        code -> Text,
        name -> Text,
        position -> Integer,
        classified -> Bool,
    }
}

diesel::table! {
    indicators (id) {
        id -> BigInt,
        uid -> Text,
        code -> Text,
        group_code -> Text,
        name -> Text,
        search_key -> Text,
        measure_unit -> Text,
        value_type -> Text,
        scale -> Integer,
        display_exponent -> Integer,
        unit_rule -> Text,
        level_rule -> Text,
        period_rule -> Text,
        numerator_id -> Nullable<BigInt>,
        denominator_id -> Nullable<BigInt>,
        guidance -> Text,
        position -> Integer,
        successor_id -> Nullable<BigInt>,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    regimes (id) {
        id -> BigInt,
        uid -> Text,
        code -> Text,
        name -> Text,
        province_id -> BigInt,
        collector_id -> BigInt,
        addressee -> Text,
        kind -> Text,
        rolling -> Bool,
        paper_rule -> Text,
        leader_step -> Bool,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        legal_basis -> Text,
        signed_file -> Bool,
        subject -> Text,
    }
}

diesel::table! {
    regime_plans (regime_id, plan_id) {
        regime_id -> BigInt,
        plan_id -> BigInt,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    regime_cycles (id) {
        id -> BigInt,
        regime_id -> BigInt,
        cycle -> Text,
        preset -> Text,
        due_rule -> Text,
        due_month -> Nullable<Integer>,
        due_day -> Nullable<Integer>,
        due_days -> Nullable<Integer>,
        stated_time -> Nullable<Text>,
        lock_days -> Nullable<Integer>,
        own_window -> Nullable<Text>,
    }
}

diesel::table! {
    routes (id) {
        id -> BigInt,
        regime_id -> BigInt,
        unit_id -> BigInt,
        collector_id -> BigInt,
        part -> Text,
        mode -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    forms (id) {
        id -> BigInt,
        uid -> Text,
        regime_id -> BigInt,
        code -> Text,
        version -> Integer,
        name -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    form_audiences (id) {
        id -> BigInt,
        form_id -> BigInt,
        kind_code -> Nullable<Text>,
        unit_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    form_sections (id) {
        id -> BigInt,
        form_id -> BigInt,
        code -> Text,
        label -> Text,
        title -> Text,
        hint -> Text,
        position -> Integer,
        required -> Bool,
    }
}

diesel::table! {
    form_indicators (form_id, indicator_id) {
        form_id -> BigInt,
        indicator_id -> BigInt,
        position -> Integer,
        counts -> Bool,
        required -> Bool,
    }
}

diesel::table! {
    form_lists (id) {
        id -> BigInt,
        form_id -> BigInt,
        code -> Text,
        title -> Text,
        position -> Integer,
        columns_json -> Text,
    }
}

diesel::table! {
    periods (id) {
        id -> BigInt,
        uid -> Text,
        regime_id -> BigInt,
        code -> Text,
        label -> Text,
        cycle -> Text,
        year -> Integer,
        window_from -> Nullable<Date>,
        window_to -> Nullable<Date>,
        due_rule -> Text,
        stated_on -> Nullable<Date>,
        stated_time -> Nullable<Text>,
        due_basis -> Text,
        lock_on -> Nullable<Date>,
        reference_on -> Date,
        opened_at -> Timestamp,
        next_level_period_id -> Nullable<BigInt>,
        version -> Integer,
        paper_rule -> Nullable<Text>,
        leader_step -> Nullable<Bool>,
        rolling -> Nullable<Bool>,
        signed_file -> Nullable<Bool>,
    }
}

diesel::table! {
    obligations (id) {
        id -> BigInt,
        uid -> Text,
        period_id -> BigInt,
        unit_id -> BigInt,
        part -> Text,
        collector_id -> BigInt,
        form_id -> BigInt,
        kind -> Text,
        mode -> Text,
        due_rule -> Text,
        stated_on -> Nullable<Date>,
        stated_time -> Nullable<Text>,
        standing -> Text,
        extended_to -> Nullable<Date>,
        version -> Integer,
    }
}

diesel::table! {
    obligation_decisions (id) {
        id -> BigInt,
        obligation_id -> BigInt,
        kind -> Text,
        until_on -> Nullable<Date>,
        reason -> Text,
        membership_id -> BigInt,
        actor_name -> Text,
        actor_title -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    reports (id) {
        id -> BigInt,
        obligation_id -> BigInt,
        state -> Text,
        last_revision -> Integer,
        first_sent_at -> Nullable<Timestamp>,
        first_due_on -> Nullable<Date>,
        first_due_time -> Nullable<Text>,
        amend_due_on -> Nullable<Date>,
        version -> Integer,
        received_revision_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    drafts (report_id) {
        report_id -> BigInt,
        version -> Integer,
        actual_to -> Nullable<Date>,
        doc_number -> Text,
        doc_symbol -> Text,
        doc_date -> Nullable<Date>,
        signatory_capacity -> Text,
        signatory_title -> Text,
        signatory_name -> Text,
        rest_json -> Text,
        saved_by -> BigInt,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    draft_figures (report_id, indicator_id) {
        report_id -> BigInt,
        indicator_id -> BigInt,
        state -> Text,
        value -> Nullable<BigInt>,
        estimate -> Bool,
        qualifier -> Text,
        note -> Text,
        as_typed -> Text,
    }
}

diesel::table! {
    draft_sections (report_id, section_code) {
        report_id -> BigInt,
        section_code -> Text,
        body -> Text,
    }
}

diesel::table! {
    draft_rows (report_id, list_code, position) {
        report_id -> BigInt,
        list_code -> Text,
        position -> Integer,
        cells_json -> Text,
    }
}

diesel::table! {
    draft_task_results (report_id, task_id) {
        report_id -> BigInt,
        task_id -> BigInt,
        status -> Text,
        body -> Text,
    }
}

diesel::table! {
    revisions (id) {
        id -> BigInt,
        uid -> Text,
        report_id -> BigInt,
        number -> Integer,
        form_id -> BigInt,
        actual_to -> Nullable<Date>,
        doc_number -> Text,
        doc_symbol -> Text,
        doc_date -> Nullable<Date>,
        signatory_capacity -> Text,
        signatory_title -> Text,
        signatory_name -> Text,
        sent_at -> Timestamp,
        sent_by -> BigInt,
        sender_name -> Text,
        sender_title -> Text,
        due_on -> Nullable<Date>,
        due_time -> Nullable<Text>,
        days_late -> Integer,
        canonical -> Binary,
        sha256 -> Text,
    }
}

diesel::table! {
    revision_figures (revision_id, indicator_id) {
        revision_id -> BigInt,
        indicator_id -> BigInt,
        state -> Text,
        value -> Nullable<BigInt>,
        counts -> Bool,
        estimate -> Bool,
        qualifier -> Text,
        note -> Text,
        as_typed -> Text,
    }
}

diesel::table! {
    revision_sections (revision_id, section_code) {
        revision_id -> BigInt,
        section_code -> Text,
        position -> Integer,
        label -> Text,
        title -> Text,
        body -> Text,
    }
}

diesel::table! {
    revision_rows (revision_id, list_code, position) {
        revision_id -> BigInt,
        list_code -> Text,
        position -> Integer,
        cells_json -> Text,
    }
}

diesel::table! {
    revision_task_results (revision_id, task_id) {
        revision_id -> BigInt,
        task_id -> BigInt,
        position -> Integer,
        plan -> Text,
        clause -> Text,
        text -> Text,
        status -> Text,
        body -> Text,
    }
}

diesel::table! {
    revision_papers (id) {
        id -> BigInt,
        revision_id -> BigInt,
        number -> Integer,
        doc_number -> Text,
        doc_symbol -> Text,
        doc_date -> Date,
        signatory_capacity -> Text,
        signatory_title -> Text,
        signatory_name -> Text,
        membership_id -> BigInt,
        recorder_name -> Text,
        recorder_title -> Text,
        recorded_at -> Timestamp,
        reason -> Text,
    }
}

diesel::table! {
    revision_frames (revision_id) {
        revision_id -> BigInt,
        frame_json -> Text,
    }
}

diesel::table! {
    report_transitions (id) {
        id -> BigInt,
        report_id -> BigInt,
        revision_id -> Nullable<BigInt>,
        step -> Text,
        from_state -> Text,
        to_state -> Text,
        reason -> Text,
        due_on -> Nullable<Date>,
        membership_id -> BigInt,
        actor_name -> Text,
        actor_title -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    draft_remarks (id) {
        id -> BigInt,
        report_id -> BigInt,
        place -> Text,
        body -> Text,
        written_by -> BigInt,
        written_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    remarks (id) {
        id -> BigInt,
        uid -> Text,
        revision_id -> BigInt,
        place -> Text,
        body -> Text,
        written_by -> BigInt,
        author_name -> Text,
        author_title -> Text,
        issued_at -> Timestamp,
    }
}

diesel::table! {
    draft_remark_answers (report_id, remark_id) {
        report_id -> BigInt,
        remark_id -> BigInt,
        done -> Bool,
        answer -> Text,
    }
}

diesel::table! {
    revision_remark_answers (revision_id, remark_id) {
        revision_id -> BigInt,
        remark_id -> BigInt,
        done -> Bool,
        answer -> Text,
    }
}

diesel::table! {
    evidence (id) {
        id -> BigInt,
        unit_id -> BigInt,
        task_entry_id -> Nullable<BigInt>,
        title -> Text,
        url -> Text,
        url_key -> Text,
        platform -> Text,
        published_on -> Nullable<Date>,
        reach -> Nullable<BigInt>,
    }
}

diesel::table! {
    evidence_claims (id) {
        id -> BigInt,
        evidence_id -> BigInt,
        report_id -> BigInt,
        indicator_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    editions (id) {
        id -> BigInt,
        uid -> Text,
        period_id -> BigInt,
        collector_id -> BigInt,
        number -> Integer,
        status -> Text,
        content_json -> Text,
        sha256 -> Text,
        created_at -> Timestamp,
        created_by -> BigInt,
        created_by_name -> Text,
        created_by_title -> Text,
        approved_at -> Nullable<Timestamp>,
        approved_by -> Nullable<BigInt>,
        approved_by_name -> Text,
        approved_by_title -> Text,
        discard_reason -> Text,
        version -> Integer,
    }
}

diesel::table! {
    edition_sources (edition_id, obligation_id) {
        edition_id -> BigInt,
        obligation_id -> BigInt,
        revision_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    edition_files (edition_id, copy) {
        edition_id -> BigInt,
        copy -> Text,
        file_name -> Text,
        bytes -> Binary,
        sha256 -> Text,
    }
}

diesel::table! {
    behalf_typings (report_id) {
        report_id -> BigInt,
        arrived_number -> Text,
        arrived_on -> Date,
        begun_by -> BigInt,
        begun_at -> Timestamp,
        from_file -> Bool,
    }
}

diesel::table! {
    kept_drafts (id) {
        id -> BigInt,
        report_id -> BigInt,
        kept_at -> Timestamp,
        content_json -> Text,
        saved_by -> BigInt,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    behalf_revisions (revision_id) {
        revision_id -> BigInt,
        arrived_number -> Text,
        arrived_on -> Date,
        membership_id -> BigInt,
        typist_name -> Text,
        typist_title -> Text,
        begun_by -> Nullable<BigInt>,
        saved_by -> Nullable<BigInt>,
        from_file -> Bool,
    }
}

diesel::table! {
    self_receipts (revision_id) {
        revision_id -> BigInt,
        membership_id -> BigInt,
        received_at -> Timestamp,
    }
}

diesel::table! {
    level_leads (regime_id, collector_id) {
        regime_id -> BigInt,
        collector_id -> BigInt,
        working_days -> Integer,
    }
}

diesel::table! {
    period_levels (period_id, collector_id) {
        period_id -> BigInt,
        collector_id -> BigInt,
        due_rule -> Text,
        stated_on -> Nullable<Date>,
        stated_time -> Nullable<Text>,
    }
}

diesel::table! {
    consolidated_revisions (revision_id) {
        revision_id -> BigInt,
        edition_id -> BigInt,
    }
}

diesel::table! {
    files (id) {
        id -> BigInt,
        uid -> Text,
        unit_id -> BigInt,
        file_name -> Text,
        membership_id -> BigInt,
        adder_name -> Text,
        adder_title -> Text,
        begun_at -> Timestamp,
        kind -> Nullable<Text>,
        size -> Nullable<BigInt>,
        sha256 -> Nullable<Text>,
        added_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    file_blocks (file_id, number) {
        file_id -> BigInt,
        number -> Integer,
        bytes -> Binary,
    }
}

diesel::table! {
    draft_files (id) {
        id -> BigInt,
        report_id -> BigInt,
        file_id -> BigInt,
        purpose -> Text,
        kept_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    revision_files (revision_id, position) {
        revision_id -> BigInt,
        position -> Integer,
        file_id -> BigInt,
        purpose -> Text,
        later -> Bool,
    }
}

diesel::joinable!(unit_versions -> unit_kinds (kind_code));
diesel::joinable!(unit_aliases -> units (unit_id));
diesel::joinable!(unit_change_effects -> unit_changes (change_id));
diesel::joinable!(unit_change_lines -> unit_changes (change_id));
diesel::joinable!(unit_change_lines -> functions (function_id));
diesel::joinable!(function_holders -> functions (function_id));
diesel::joinable!(invitations -> people (person_id));
diesel::joinable!(memberships -> people (person_id));
diesel::joinable!(memberships -> units (unit_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(audit_log -> people (person_id));
diesel::joinable!(audit_log -> memberships (membership_id));
diesel::joinable!(audit_log -> units (unit_id));
diesel::joinable!(plan_legal_bases -> plans (plan_id));
diesel::joinable!(plan_legal_bases -> legal_bases (legal_basis_id));
diesel::joinable!(clauses -> plans (plan_id));
diesel::joinable!(tasks -> plans (plan_id));
diesel::joinable!(tasks -> clauses (clause_id));
diesel::joinable!(assignments -> tasks (task_id));
diesel::joinable!(assignments -> units (unit_id));
diesel::joinable!(assignments -> functions (function_id));
diesel::joinable!(assignments -> unit_kinds (group_kind));
diesel::joinable!(task_entries -> tasks (task_id));
diesel::joinable!(task_entries -> units (unit_id));
diesel::joinable!(task_entries -> memberships (membership_id));
diesel::joinable!(task_entries -> indicators (indicator_id));
diesel::joinable!(entry_photos -> task_entries (task_entry_id));
diesel::joinable!(entry_photos -> files (file_id));
diesel::joinable!(indicators -> indicator_groups (group_code));
diesel::joinable!(regime_plans -> regimes (regime_id));
diesel::joinable!(regime_plans -> plans (plan_id));
diesel::joinable!(regime_cycles -> regimes (regime_id));
diesel::joinable!(routes -> regimes (regime_id));
diesel::joinable!(forms -> regimes (regime_id));
diesel::joinable!(form_audiences -> forms (form_id));
diesel::joinable!(form_audiences -> unit_kinds (kind_code));
diesel::joinable!(form_audiences -> units (unit_id));
diesel::joinable!(form_sections -> forms (form_id));
diesel::joinable!(form_indicators -> forms (form_id));
diesel::joinable!(form_indicators -> indicators (indicator_id));
diesel::joinable!(form_lists -> forms (form_id));
diesel::joinable!(periods -> regimes (regime_id));
diesel::joinable!(obligations -> periods (period_id));
diesel::joinable!(obligations -> forms (form_id));
diesel::joinable!(obligation_decisions -> obligations (obligation_id));
diesel::joinable!(obligation_decisions -> memberships (membership_id));
diesel::joinable!(reports -> obligations (obligation_id));
diesel::joinable!(drafts -> reports (report_id));
diesel::joinable!(drafts -> memberships (saved_by));
diesel::joinable!(draft_figures -> reports (report_id));
diesel::joinable!(draft_figures -> indicators (indicator_id));
diesel::joinable!(draft_sections -> reports (report_id));
diesel::joinable!(draft_rows -> reports (report_id));
diesel::joinable!(draft_task_results -> reports (report_id));
diesel::joinable!(draft_task_results -> tasks (task_id));
diesel::joinable!(revisions -> reports (report_id));
diesel::joinable!(revisions -> forms (form_id));
diesel::joinable!(revisions -> memberships (sent_by));
diesel::joinable!(revision_figures -> revisions (revision_id));
diesel::joinable!(revision_figures -> indicators (indicator_id));
diesel::joinable!(revision_sections -> revisions (revision_id));
diesel::joinable!(revision_rows -> revisions (revision_id));
diesel::joinable!(revision_task_results -> revisions (revision_id));
diesel::joinable!(revision_task_results -> tasks (task_id));
diesel::joinable!(report_transitions -> reports (report_id));
diesel::joinable!(report_transitions -> revisions (revision_id));
diesel::joinable!(revision_papers -> revisions (revision_id));
diesel::joinable!(revision_frames -> revisions (revision_id));
diesel::joinable!(revision_papers -> memberships (membership_id));
diesel::joinable!(report_transitions -> memberships (membership_id));
diesel::joinable!(draft_remarks -> reports (report_id));
diesel::joinable!(draft_remarks -> memberships (written_by));
diesel::joinable!(remarks -> revisions (revision_id));
diesel::joinable!(remarks -> memberships (written_by));
diesel::joinable!(draft_remark_answers -> reports (report_id));
diesel::joinable!(draft_remark_answers -> remarks (remark_id));
diesel::joinable!(revision_remark_answers -> revisions (revision_id));
diesel::joinable!(revision_remark_answers -> remarks (remark_id));
diesel::joinable!(evidence -> units (unit_id));
diesel::joinable!(evidence -> task_entries (task_entry_id));
diesel::joinable!(evidence_claims -> evidence (evidence_id));
diesel::joinable!(evidence_claims -> reports (report_id));
diesel::joinable!(evidence_claims -> indicators (indicator_id));
diesel::joinable!(editions -> periods (period_id));
diesel::joinable!(editions -> units (collector_id));
diesel::joinable!(edition_sources -> editions (edition_id));
diesel::joinable!(edition_sources -> obligations (obligation_id));
diesel::joinable!(edition_sources -> revisions (revision_id));
diesel::joinable!(edition_files -> editions (edition_id));
diesel::joinable!(behalf_typings -> reports (report_id));
diesel::joinable!(behalf_typings -> memberships (begun_by));
diesel::joinable!(kept_drafts -> reports (report_id));
diesel::joinable!(kept_drafts -> memberships (saved_by));
diesel::joinable!(behalf_revisions -> revisions (revision_id));
diesel::joinable!(behalf_revisions -> memberships (membership_id));
diesel::joinable!(self_receipts -> revisions (revision_id));
diesel::joinable!(self_receipts -> memberships (membership_id));
diesel::joinable!(level_leads -> regimes (regime_id));
diesel::joinable!(level_leads -> units (collector_id));
diesel::joinable!(period_levels -> periods (period_id));
diesel::joinable!(period_levels -> units (collector_id));
diesel::joinable!(consolidated_revisions -> revisions (revision_id));
diesel::joinable!(consolidated_revisions -> editions (edition_id));

diesel::table! {
    local_indicators (indicator_id) {
        indicator_id -> BigInt,
        province_id -> BigInt,
        version -> Integer,
        created_by -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::joinable!(local_indicators -> indicators (indicator_id));

diesel::table! {
    narrative_drafts (period_id, collector_id, section_code) {
        period_id -> BigInt,
        collector_id -> BigInt,
        section_code -> Text,
        version -> Integer,
        blocks_json -> Text,
        saved_by -> BigInt,
        saved_by_name -> Text,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    regime_recipients (regime_id, position) {
        regime_id -> BigInt,
        position -> Integer,
        name -> Text,
    }
}

diesel::table! {
    paper_recipients (id) {
        id -> BigInt,
        regime_id -> BigInt,
        unit_id -> Nullable<BigInt>,
        names -> Text,
        drafter -> Text,
        copies -> Nullable<Integer>,
        membership_id -> BigInt,
        saved_at -> Timestamp,
        part -> Text,
        follows -> BigInt,
    }
}

diesel::table! {
    edition_dispatches (id) {
        id -> BigInt,
        edition_id -> BigInt,
        recipient -> Text,
        revision_id -> Nullable<BigInt>,
        way -> Text,
        sent_at -> Timestamp,
        doc_number -> Text,
        doc_date -> Nullable<Date>,
        membership_id -> BigInt,
        recorder_name -> Text,
        recorder_title -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    edition_dispatch_strikes (dispatch_id) {
        dispatch_id -> BigInt,
        reason -> Text,
        membership_id -> BigInt,
        striker_name -> Text,
        striker_title -> Text,
        struck_at -> Timestamp,
    }
}

diesel::table! {
    edition_returns (edition_id) {
        edition_id -> BigInt,
        membership_id -> BigInt,
        leader_name -> Text,
        leader_title -> Text,
        returned_at -> Timestamp,
    }
}

diesel::table! {
    edition_papers (edition_id) {
        edition_id -> BigInt,
        file_name -> Text,
        bytes -> Binary,
        sha256 -> Text,
    }
}

diesel::table! {
    edition_dispatch_papers (dispatch_id) {
        dispatch_id -> BigInt,
        signatory_capacity -> Text,
        signatory_title -> Text,
        signatory_name -> Text,
        file_name -> Text,
        bytes -> Binary,
        sha256 -> Text,
    }
}

diesel::joinable!(edition_dispatch_papers -> edition_dispatches (dispatch_id));
diesel::joinable!(narrative_drafts -> periods (period_id));
diesel::joinable!(narrative_drafts -> units (collector_id));
diesel::joinable!(narrative_drafts -> memberships (saved_by));
diesel::joinable!(regime_recipients -> regimes (regime_id));
diesel::joinable!(paper_recipients -> regimes (regime_id));
diesel::joinable!(paper_recipients -> units (unit_id));
diesel::joinable!(paper_recipients -> memberships (membership_id));
diesel::joinable!(edition_dispatches -> editions (edition_id));
diesel::joinable!(edition_dispatches -> revisions (revision_id));
diesel::joinable!(edition_dispatches -> memberships (membership_id));
diesel::joinable!(edition_dispatch_strikes -> edition_dispatches (dispatch_id));
diesel::joinable!(edition_dispatch_strikes -> memberships (membership_id));
diesel::joinable!(edition_returns -> editions (edition_id));
diesel::joinable!(edition_returns -> memberships (membership_id));
diesel::joinable!(edition_papers -> editions (edition_id));

diesel::table! {
    form_drafts (id) {
        id -> BigInt,
        regime_id -> BigInt,
        code -> Text,
        based_on -> Nullable<BigInt>,
        content_json -> Text,
        version -> Integer,
        saved_by -> BigInt,
        saved_at -> Timestamp,
    }
}

diesel::joinable!(form_drafts -> regimes (regime_id));
diesel::joinable!(form_drafts -> memberships (saved_by));

diesel::table! {
    setup_codes (id) {
        id -> BigInt,
        code_hash -> Binary,
        made_at -> Timestamp,
        expires_at -> Timestamp,
        tries_left -> Integer,
        token_hash -> Nullable<Binary>,
        csrf_token -> Text,
    }
}

diesel::table! {
    setup_answers (step) {
        step -> Text,
        answers_json -> Text,
        saved_at -> Timestamp,
    }
}
diesel::joinable!(files -> units (unit_id));
diesel::joinable!(files -> memberships (membership_id));
diesel::joinable!(file_blocks -> files (file_id));
diesel::joinable!(draft_files -> reports (report_id));
diesel::joinable!(draft_files -> files (file_id));
diesel::joinable!(revision_files -> revisions (revision_id));
diesel::joinable!(revision_files -> files (file_id));

diesel::table! {
    form_keys (person_id, digest) {
        person_id -> BigInt,
        digest -> Text,
        leads_to -> Text,
        used_at -> Timestamp,
    }
}

diesel::joinable!(form_keys -> people (person_id));

diesel::table! {
    group_openings (id) {
        id -> BigInt,
        regime_id -> BigInt,
        group_code -> Text,
        opened -> Bool,
        reason -> Text,
        membership_id -> BigInt,
        actor_name -> Text,
        actor_title -> Text,
        decided_at -> Timestamp,
    }
}
diesel::joinable!(group_openings -> regimes (regime_id));
diesel::joinable!(group_openings -> indicator_groups (group_code));
diesel::joinable!(group_openings -> memberships (membership_id));

diesel::table! {
    draft_changes (report_id, version, field) {
        report_id -> BigInt,
        version -> Integer,
        field -> Text,
        before_json -> Nullable<Text>,
        changed_by -> BigInt,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    draft_clashes (id) {
        id -> BigInt,
        report_id -> BigInt,
        field -> Text,
        typed_by -> BigInt,
        typed_at -> Timestamp,
        mine_json -> Nullable<Text>,
        theirs_json -> Nullable<Text>,
        theirs_by -> Text,
        choice -> Text,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    kept_forms (id) {
        id -> BigInt,
        person_id -> BigInt,
        path -> Text,
        fields_json -> Text,
        kept_at -> Timestamp,
    }
}

diesel::joinable!(draft_changes -> reports (report_id));
diesel::joinable!(draft_changes -> memberships (changed_by));
diesel::joinable!(draft_clashes -> reports (report_id));
diesel::joinable!(draft_clashes -> memberships (typed_by));
diesel::joinable!(kept_forms -> people (person_id));

diesel::table! {
    workbook_uploads (id) {
        id -> BigInt,
        report_id -> BigInt,
        file_name -> Text,
        size -> BigInt,
        sha256 -> Text,
        membership_id -> BigInt,
        adder_name -> Text,
        adder_title -> Text,
        uploaded_at -> Timestamp,
        draft_version -> Integer,
        reading_json -> Text,
        applied_by -> Nullable<BigInt>,
        applied_at -> Nullable<Timestamp>,
        applied_version -> Nullable<Integer>,
    }
}

diesel::table! {
    workbook_upload_blocks (upload_id, number) {
        upload_id -> BigInt,
        number -> Integer,
        bytes -> Binary,
    }
}

diesel::joinable!(workbook_uploads -> reports (report_id));
diesel::joinable!(workbook_upload_blocks -> workbook_uploads (upload_id));

diesel::table! {
    recipient_forms (id) {
        id -> BigInt,
        province_id -> BigInt,
        regime_id -> Nullable<BigInt>,
        name -> Text,
        recipient -> Text,
        file_name -> Text,
        size -> BigInt,
        sha256 -> Text,
        replaces_id -> Nullable<BigInt>,
        membership_id -> BigInt,
        adder_name -> Text,
        adder_title -> Text,
        uploaded_at -> Timestamp,
        version -> Integer,
        withdrawn_at -> Nullable<Timestamp>,
        withdrawn_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    recipient_form_blocks (form_id, number) {
        form_id -> BigInt,
        number -> Integer,
        bytes -> Binary,
    }
}

diesel::table! {
    recipient_form_bindings (form_id, sheet, cell, name) {
        form_id -> BigInt,
        sheet -> Text,
        cell -> Text,
        name -> Text,
    }
}

diesel::table! {
    recipient_form_uses (form_id, edition_id) {
        form_id -> BigInt,
        edition_id -> BigInt,
        membership_id -> BigInt,
        used_at -> Timestamp,
    }
}

diesel::joinable!(recipient_forms -> regimes (regime_id));
diesel::joinable!(recipient_form_uses -> recipient_forms (form_id));

diesel::table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        subject_id -> BigInt,
        state -> Text,
        run_at -> Timestamp,
        attempts -> Integer,
        lease_holder -> Text,
        lease_until -> Nullable<Timestamp>,
        done -> Integer,
        total -> Integer,
        message -> Text,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        again -> Bool,
    }
}

diesel::table! {
    drops (id) {
        id -> BigInt,
        period_id -> BigInt,
        unit_id -> BigInt,
        membership_id -> BigInt,
        adder_name -> Text,
        adder_title -> Text,
        received_number -> Text,
        received_on -> Date,
        skipped -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    drop_files (id) {
        id -> BigInt,
        drop_id -> BigInt,
        file_name -> Text,
        size -> BigInt,
        sha256 -> Text,
        state -> Text,
        version -> Integer,
        tries -> Integer,
        assigned -> Bool,
        report_id -> Nullable<BigInt>,
        reading_json -> Nullable<Text>,
        blockers -> Integer,
        warnings -> Integer,
        warnings_seen -> Text,
        message -> Text,
        received_number -> Nullable<Text>,
        received_on -> Nullable<Date>,
        applied_at -> Nullable<Timestamp>,
        alone -> Text,
    }
}

diesel::table! {
    drop_blocks (file_id, number) {
        file_id -> BigInt,
        number -> Integer,
        bytes -> Binary,
    }
}

diesel::joinable!(drop_files -> drops (drop_id));
diesel::joinable!(drop_files -> reports (report_id));
diesel::joinable!(drop_blocks -> drop_files (file_id));

diesel::table! {
    legacy_tables (id) {
        id -> BigInt,
        regime_id -> BigInt,
        unit_id -> BigInt,
        period_id -> Nullable<BigInt>,
        cycle -> Text,
        year -> Integer,
        made_period -> Bool,
        file_name -> Text,
        size -> BigInt,
        sha256 -> Text,
        state -> Text,
        version -> Integer,
        settings_json -> Text,
        membership_id -> BigInt,
        adder_name -> Text,
        adder_title -> Text,
        uploaded_at -> Timestamp,
        applied_by -> Text,
        applied_at -> Nullable<Timestamp>,
        taken_back_by -> Text,
        taken_back_at -> Nullable<Timestamp>,
        taken_back_reason -> Text,
    }
}

diesel::table! {
    legacy_table_blocks (table_id, number) {
        table_id -> BigInt,
        number -> Integer,
        bytes -> Binary,
    }
}

diesel::table! {
    legacy_table_revisions (revision_id) {
        revision_id -> BigInt,
        table_id -> BigInt,
        follows_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    plan_uploads (id) {
        id -> BigInt,
        province_id -> BigInt,
        unit_id -> BigInt,
        plan_id -> Nullable<BigInt>,
        file_name -> Text,
        kind -> Text,
        size -> BigInt,
        sha256 -> Text,
        text -> Text,
        state -> Text,
        version -> Integer,
        draft_json -> Text,
        membership_id -> BigInt,
        adder_name -> Text,
        adder_title -> Text,
        uploaded_at -> Timestamp,
        adopted_by -> Text,
        adopted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    plan_upload_blocks (upload_id, number) {
        upload_id -> BigInt,
        number -> Integer,
        bytes -> Binary,
    }
}

diesel::table! {
    brought_documents (id) {
        id -> BigInt,
        report_id -> BigInt,
        what -> Text,
        file_name -> Text,
        kind -> Text,
        size -> BigInt,
        sha256 -> Text,
        text -> Text,
        doc_number -> Text,
        doc_symbol -> Text,
        doc_date -> Nullable<Date>,
        version -> Integer,
        kept_json -> Text,
        membership_id -> BigInt,
        adder_name -> Text,
        adder_title -> Text,
        uploaded_at -> Timestamp,
        on_behalf -> Bool,
        applied_by -> Nullable<BigInt>,
        applied_at -> Nullable<Timestamp>,
        applied_version -> Nullable<Integer>,
        applied_revision -> Nullable<Integer>,
    }
}

diesel::table! {
    brought_blocks (document_id, number) {
        document_id -> BigInt,
        number -> Integer,
        bytes -> Binary,
    }
}

diesel::table! {
    brought_links (document_id, task_id, position) {
        document_id -> BigInt,
        task_id -> BigInt,
        position -> Integer,
        clause_path -> Text,
        clause_text -> Text,
    }
}

diesel::joinable!(brought_documents -> reports (report_id));
diesel::joinable!(brought_blocks -> brought_documents (document_id));
diesel::joinable!(brought_links -> brought_documents (document_id));
diesel::joinable!(brought_links -> tasks (task_id));
diesel::joinable!(plan_uploads -> plans (plan_id));
diesel::joinable!(plan_upload_blocks -> plan_uploads (upload_id));
diesel::joinable!(legacy_tables -> regimes (regime_id));
diesel::joinable!(legacy_table_blocks -> legacy_tables (table_id));
diesel::joinable!(legacy_table_revisions -> legacy_tables (table_id));

diesel::table! {
    notice_steps (regime_id) {
        regime_id -> BigInt,
        steps -> Text,
        version -> Integer,
    }
}

diesel::table! {
    notice_runs (day) {
        day -> Date,
        after_day -> Nullable<Date>,
        started_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
        tries -> Integer,
        notices -> Integer,
    }
}

diesel::table! {
    digests (id) {
        id -> BigInt,
        uid -> Text,
        person_id -> BigInt,
        day -> Date,
        batch -> Text,
        subject -> Text,
        created_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    notices (id) {
        id -> BigInt,
        digest_uid -> Text,
        person_id -> BigInt,
        obligation_id -> BigInt,
        report_id -> BigInt,
        period_id -> BigInt,
        unit_id -> BigInt,
        collector_id -> BigInt,
        aim -> Text,
        due_on -> Date,
        step -> Integer,
        level -> Text,
        channel -> Text,
        day -> Date,
        words -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    notice_escalations (id) {
        id -> BigInt,
        obligation_id -> BigInt,
        collector_id -> BigInt,
        aim -> Text,
        due_on -> Date,
        level -> Text,
        step -> Integer,
        prepared_on -> Date,
        released_at -> Nullable<Timestamp>,
        released_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    mail_messages (id) {
        id -> BigInt,
        uid -> Text,
        person_id -> BigInt,
        name -> Text,
        address -> Text,
        subject -> Text,
        body -> Text,
        written_at -> Timestamp,
        useless_after -> Nullable<Date>,
        state -> Text,
        attempts -> Integer,
        run_at -> Timestamp,
        lease_until -> Nullable<Timestamp>,
        error -> Text,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::joinable!(digests -> people (person_id));
diesel::joinable!(mail_messages -> people (person_id));
diesel::joinable!(notices -> people (person_id));
diesel::joinable!(notice_steps -> regimes (regime_id));

diesel::table! {
    contacts (id) {
        id -> BigInt,
        obligation_id -> BigInt,
        after_revision -> Integer,
        corrects_id -> Nullable<BigInt>,
        contacted_on -> Date,
        channel -> Text,
        spoke_with -> Text,
        outcome -> Text,
        promised_on -> Nullable<Date>,
        note -> Text,
        membership_id -> BigInt,
        actor_name -> Text,
        actor_title -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    calendar_links (id) {
        id -> BigInt,
        person_id -> BigInt,
        unit_id -> Nullable<BigInt>,
        token_hash -> Text,
        made_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    withdrawn_duties (uid) {
        uid -> Text,
        unit_id -> BigInt,
        title -> Text,
        last_day -> Date,
        sequence -> Integer,
        withdrawn_at -> Timestamp,
    }
}

diesel::joinable!(contacts -> obligations (obligation_id));
diesel::joinable!(contacts -> memberships (membership_id));
diesel::joinable!(calendar_links -> people (person_id));
diesel::joinable!(calendar_links -> units (unit_id));
diesel::joinable!(withdrawn_duties -> units (unit_id));

diesel::allow_tables_to_appear_in_same_query!(
    legacy_tables,
    legacy_table_blocks,
    legacy_table_revisions,
    plan_uploads,
    plan_upload_blocks,
    brought_documents,
    brought_blocks,
    brought_links,
    notice_steps,
    notice_runs,
    digests,
    notices,
    notice_escalations,
    mail_messages,
    contacts,
    calendar_links,
    withdrawn_duties,
    jobs,
    drops,
    drop_files,
    drop_blocks,
    recipient_forms,
    recipient_form_blocks,
    recipient_form_bindings,
    recipient_form_uses,
    workbook_uploads,
    workbook_upload_blocks,
    unit_kinds,
    units,
    unit_versions,
    unit_aliases,
    unit_changes,
    unit_change_effects,
    functions,
    unit_change_lines,
    function_holders,
    unit_reach,
    calendar_days,
    calendar_notices,
    people,
    memberships,
    sessions,
    invitations,
    hand_overs,
    audit_log,
    plans,
    legal_bases,
    plan_legal_bases,
    clauses,
    tasks,
    assignments,
    task_entries,
    entry_photos,
    computed_columns,
    indicator_groups,
    indicators,
    local_indicators,
    regimes,
    regime_plans,
    regime_cycles,
    form_drafts,
    routes,
    forms,
    form_audiences,
    form_sections,
    form_indicators,
    form_lists,
    periods,
    obligations,
    obligation_decisions,
    reports,
    drafts,
    draft_figures,
    draft_sections,
    draft_rows,
    draft_task_results,
    revisions,
    revision_figures,
    revision_sections,
    revision_rows,
    revision_task_results,
    revision_papers,
    revision_frames,
    report_transitions,
    draft_remarks,
    remarks,
    draft_remark_answers,
    revision_remark_answers,
    evidence,
    evidence_claims,
    editions,
    edition_sources,
    edition_files,
    narrative_drafts,
    regime_recipients,
    paper_recipients,
    edition_dispatches,
    edition_dispatch_strikes,
    edition_dispatch_papers,
    edition_returns,
    edition_papers,
    setup_codes,
    setup_answers,
    behalf_typings,
    kept_drafts,
    behalf_revisions,
    self_receipts,
    level_leads,
    period_levels,
    consolidated_revisions,
    draft_changes,
    draft_clashes,
    kept_forms,
    files,
    file_blocks,
    draft_files,
    revision_files,
    form_keys,
    group_openings,
);
