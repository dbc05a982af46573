"""Addresses of the tests."""

from django.urls import include, path

from assessments import views
from assessments.enums import Activity
from assessments.views import (
    check,
    computer_tasks,
    desk,
    equipment,
    rated_practice,
    scorecards,
    speaking,
    typing_test,
    works,
    writing,
)

app_name = "assessments"

RUN = "runs/<int:run>/"

desk_patterns = [
    path("", desk.desk_overview, name="desk_overview"),
    path("rules/", desk.desk_rules, name="desk_rules"),
    path(RUN, desk.desk_run, name="desk_run"),
    path(f"{RUN}queue/", desk.desk_queue, name="desk_queue"),
    path(f"{RUN}open/", desk.desk_open, name="desk_open"),
    path(f"{RUN}look-up/", desk.desk_look_up, name="desk_look_up"),
    path(f"{RUN}answer/", desk.desk_answer, name="desk_answer"),
    path(f"{RUN}wait/", desk.desk_wait, name="desk_wait"),
    path(f"{RUN}leave/", desk.desk_leave, name="desk_leave"),
    path(f"{RUN}end/", desk.desk_end, name="desk_end"),
    path(f"{RUN}result/", desk.desk_result, name="desk_result"),
    path("measured/<slug:language>/", desk.desk_measured, name="desk_measured"),
    path("<slug:scenario>/", desk.desk_start, name="desk_start"),
    path("<slug:scenario>/preview/", desk.desk_preview, name="desk_preview"),
]

WRITTEN = {"activity": Activity.WRITTEN_INTERACTION.value}
SPOKEN = {"activity": Activity.SPOKEN_INTERACTION.value}
WORK = "work/<uuid:number>/"

writing_patterns = [
    path("<str:language>/", works.rated_start, WRITTEN, name="writing_start"),
    path("<str:language>/practice/", rated_practice.writing_practice, name="writing_practice"),
    path(f"{WORK}<int:position>/", writing.writing, name="writing"),
    path(f"{WORK}<int:position>/draft/", writing.writing_draft, name="writing_draft"),
]

RECORDING = "recordings/<uuid:key>/"

speaking_patterns = [
    path("<str:language>/", works.rated_start, SPOKEN, name="speaking_start"),
    path("<str:language>/practice/", rated_practice.speaking_practice, name="speaking_practice"),
    path(f"{WORK}<int:position>/", speaking.speaking, name="speaking"),
    path(f"{WORK}<int:position>/begin/<uuid:key>/", speaking.begin_recording, name="begin_recording"),
    path(RECORDING, speaking.recording, name="recording"),
    path(f"{RECORDING}chunks/<int:chunk>/", speaking.recording_chunk, name="recording_chunk"),
    path(f"{RECORDING}complete/", speaking.recording_complete, name="recording_complete"),
]

typing_patterns = [
    path("", typing_test.typing_start, name="typing_start"),
    path(RUN, typing_test.typing_run, name="typing_run"),
    path(f"{RUN}report/", typing_test.typing_report, name="typing_report"),
    path(f"{RUN}leave/", typing_test.typing_leave, name="typing_leave"),
    path(f"{RUN}result/", typing_test.typing_result, name="typing_result"),
]

task_patterns = [
    path("", computer_tasks.tasks_start, name="tasks_start"),
    path("practice/<int:number>/", computer_tasks.tasks_practice, name="tasks_practice"),
    path(RUN, computer_tasks.tasks_run, name="tasks_run"),
    path(f"{RUN}result/", computer_tasks.tasks_result, name="tasks_result"),
]

urlpatterns = [
    path("", views.overview, name="overview"),
    path("accommodations/", views.accommodations, name="accommodations"),
    path("sessions/<int:session>/", views.item, name="item"),
    path("sessions/<int:session>/result/", views.result, name="result"),
    path("flags/<int:flag>/", views.flag, name="flag"),
    path("confirmations/<int:confirmation>/", views.confirmation, name="confirmation"),
    path("sessions/<int:session>/<int:position>/media/<str:name>/", views.media, name="media"),
    path("desk/", include(desk_patterns)),
    path("writing/", include(writing_patterns)),
    path("speaking/", include(speaking_patterns)),
    path("equipment/", equipment.equipment, name="equipment"),
    path("equipment/sample/", equipment.equipment_sample, name="equipment_sample"),
    path("rated/<uuid:number>/check/", check.work_check, name="work_check"),
    path("rated/<uuid:number>/", works.rated_result, name="rated_result"),
    path("rated/<uuid:number>/appeal/", works.appeal, name="appeal"),
    path("typing/", include(typing_patterns)),
    path("tasks/", include(task_patterns)),
    path("interviews/<int:card>/", scorecards.interview, name="interview"),
    path("interviews/<int:card>/agree/", scorecards.interview_agree, name="interview_agree"),
    path("<slug:bank>/", views.start, name="start"),
    path("<slug:bank>/practice/<int:number>/", views.practice, name="practice"),
    path("<slug:bank>/practice/<int:number>/media/<str:name>/", views.practice_media, name="practice_media"),
]
