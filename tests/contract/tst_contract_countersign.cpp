// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/contract.h"
#include "contract/servicecontract.h"
#include "testing/demoagent.h"

#include <QCoreApplication>
#include <QTest>

using namespace countersign;

namespace {

class DemoContractServer final : public ContractServer
{
public:
    DemoContractServer()
    {
        if (!m_agent.start({QStringLiteral("--cases"), QStringLiteral("0"),
                            QStringLiteral("--effect-delay"), QStringLiteral("0")})) {
            qFatal("the demo agent does not start");
        }
    }
    const Protocol &protocol() const override
    {
        return *protocolFor(QStringLiteral("countersign"));
    }
    QUrl url() const override { return m_agent.url(); }
    Header secret() const override { return m_agent.authorization(); }
    QByteArray answerLine(const QString &place) const override
    {
        return "POST /v1/cases/" + place.toLatin1() + "/decision";
    }
    bool asksInParts() const override { return false; }
    QString ask(int) override
    {
        return m_agent
            .hook(QStringLiteral("propose"), QStringLiteral("kind"),
                  QStringLiteral("refunds"))[u"id"]
            .toString();
    }
    int effects(const QString &place) override
    {
        int count = 0;
        for (const Json &line : m_agent.log(QStringLiteral("effect"))) {
            count += line[u"case"].toString() == place;
        }
        return count;
    }
    void change(const QString &place) override { onCase(QStringLiteral("change"), place); }
    void withdraw(const QString &place) override { onCase(QStringLiteral("withdraw"), place); }
    void answerAs(const QString &place, const QString &name) override
    {
        const Json decision
            = Json::object({{QStringLiteral("id"), Json(QStringLiteral("d-other-") + place)},
                            {QStringLiteral("kind"), Json(QStringLiteral("approve"))}});
        m_agent.hook(QStringLiteral("decide"),
                     Json::object({{QStringLiteral("case"), Json(place)},
                                   {QStringLiteral("reviewer"), Json(name)},
                                   {QStringLiteral("decision"), decision}}));
    }

private:
    void onCase(const QString &hook, const QString &place)
    {
        if (m_agent.hook(hook, QStringLiteral("case"), place).isNull()) {
            qFatal("the demo agent refused %s", qPrintable(hook));
        }
    }
    DemoAgentProcess m_agent;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    DemoContractServer server;
    if (argc > 1 && qstrcmp(argv[1], "services") == 0) {
        ServiceContractSuite services(server);
        return QTest::qExec(&services, argc - 1, argv + 1);
    }
    ContractSuite suite(server);
    return QTest::qExec(&suite, argc, argv);
}
