from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.stages import AuthenticateStage


class SecondFactorStage(AuthenticateStage):
    """Between the code and the session: allauth's stage, on a page of ours."""

    urlname = "accounts:second-factor"

    def handle(self):
        """Lead to the page, if the person has a second factor."""
        if not self._should_handle(self.request):
            return None, True
        return headed_redirect_response(self.urlname), True
