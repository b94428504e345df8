from core.cache import KeptClient


def test_one_client_serves_every_call():
    kept = KeptClient(["redis://127.0.0.1:1/0"])

    assert kept.get_client("a") is kept.get_client("b", write=True)


def test_every_server_has_a_client_of_its_own():
    kept = KeptClient(["redis://127.0.0.1:1/0", "redis://127.0.0.1:1/1"])

    assert kept.get_client("a") is not kept.get_client("a", write=True)
