// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agents/langgraph/langgraphserver.h"
#include "contract/contract.h"
#include "contract/servicecontract.h"

#include <QCoreApplication>
#include <QTest>

using namespace countersign;

namespace {

class LangGraphContractServer final : public ContractServer
{
public:
    const Protocol &protocol() const override { return *protocolFor(QStringLiteral("langgraph")); }
    QUrl url() const override { return m_server.url(); }
    Header secret() const override { return {"x-api-key", "canary-4711"}; }
    QByteArray answerLine(const QString &place) const override
    {
        return "POST /threads/" + place.toLatin1() + "/runs";
    }
    QString ask(int parts) override
    {
        return m_server.ask(parts == 1 ? QStringLiteral("inbox") : QStringLiteral("inboxlist"));
    }
    int effects(const QString &place) override
    {
        return int(m_server.thread(place)[u"values"][u"effects"].items().size());
    }
    void change(const QString &place) override
    {
        m_server.askOn(
            place, QStringLiteral("inbox"),
            "{\"ask\":{\"action_request\":{\"action\":\"delete_customer\",\"args\":{}},\"config\":{"
            "\"allow_accept\":true}}}");
    }
    void answerAs(const QString &place, const QString &name) override
    {
        m_server.answerAs(name, place,
                          "[{\"type\":\"accept\",\"args\":{\"action\":\"refund\",\"args\":{}}}]");
    }
    void withdraw(const QString &place) override
    {
        m_server.call("DELETE", QStringLiteral("/threads/%1").arg(place));
    }

private:
    LangGraphServer m_server;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    LangGraphContractServer server;
    if (argc > 1 && qstrcmp(argv[1], "services") == 0) {
        ServiceContractSuite services(server);
        return QTest::qExec(&services, argc - 1, argv + 1);
    }
    ContractSuite suite(server);
    return QTest::qExec(&suite, argc, argv);
}
