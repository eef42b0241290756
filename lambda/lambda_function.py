"""AWS Lambda's entry point."""

from milk_coach import app, settings
from milk_coach.alexa.settings_client import SettingsClient

lambda_handler = app.build(settings.from_env(), api_client=SettingsClient()).lambda_handler()
