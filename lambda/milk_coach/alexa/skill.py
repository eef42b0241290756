"""The skill: every handler in order, and the SDK object that runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ask_sdk_core.skill_builder import CustomSkillBuilder

from milk_coach.alexa.handlers import (
    breathing,
    breathing_changes,
    conversation,
    events,
    feeds,
    letdowns,
    log_answers,
    log_keeping,
    partner,
    questions,
    safety,
)
from milk_coach.alexa.trouble import TroubleHandler

if TYPE_CHECKING:
    from ask_sdk_core.skill import CustomSkill
    from ask_sdk_model.services import ApiClient

    from milk_coach.alexa.coach import Coach
    from milk_coach.alexa.handler import Handler

HANDLERS: tuple[type[Handler], ...] = (
    safety.CrisisHandler,
    safety.DespairHandler,
    safety.CallTodayHandler,
    questions.AnswerQuestionHandler,
    questions.MoreHandler,
    questions.FollowUpHandler,
    questions.SourceHandler,
    questions.AskQuestionHandler,
    breathing.BreatheHandler,
    breathing.PauseBreathingHandler,
    breathing.ResumeBreathingHandler,
    breathing.StartOverHandler,
    breathing_changes.SlowerHandler,
    breathing_changes.ShorterHandler,
    breathing_changes.LongerHandler,
    breathing_changes.WhisperHandler,
    letdowns.LogLetdownHandler,
    letdowns.ChangeLetdownHandler,
    letdowns.UndoLetdownHandler,
    log_answers.LastLetdownHandler,
    log_answers.CountLetdownsHandler,
    log_answers.TimeToLetdownHandler,
    log_answers.UsualSideHandler,
    log_keeping.DeleteLogHandler,
    log_keeping.SendLogHandler,
    log_keeping.PrivacyHandler,
    feeds.StartFeedHandler,
    feeds.StopFeedHandler,
    feeds.SwitchSideHandler,
    feeds.FeedTimeHandler,
    partner.PartnerTipHandler,
    conversation.LaunchHandler,
    conversation.HelpHandler,
    conversation.GreetingHandler,
    conversation.OpenQuestionHandler,
    conversation.RepeatHandler,
    conversation.YesHandler,
    conversation.NoHandler,
    conversation.StopHandler,
    conversation.ThanksHandler,
    conversation.AudienceHandler,
    conversation.LetDownByHandler,
    conversation.FallbackHandler,
    events.SessionEndedHandler,
)
"""The first that names a request answers it; a test proves that every name is handled exactly once."""


def build_skill(coach: Coach, api_client: ApiClient | None = None) -> CustomSkill:
    """The skill object that Lambda, the web service and the simulator all run. Build it once."""
    builder = CustomSkillBuilder(api_client=api_client)  # type: ignore[arg-type]  # None is its default
    handlers = [handler(coach) for handler in HANDLERS]
    coach.employ({name: handler for handler in reversed(handlers) for name in handler.names})
    for handler in handlers:
        builder.add_request_handler(handler)
    builder.add_exception_handler(TroubleHandler(coach))
    return builder.create()
